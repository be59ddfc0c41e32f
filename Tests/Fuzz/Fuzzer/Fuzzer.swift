import Glibc
import FuzzSubject

/// One for the process: libFuzzer calls from one thread.
nonisolated(unsafe) private let subject = try? ResponseSubject()

/// libFuzzer's entry.
@c(LLVMFuzzerTestOneInput)
public func fuzzOne(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let subject else { abort() }
  do {
    try subject.read(Array(UnsafeBufferPointer(start: data, count: count)))
  } catch {
    print(error)
    abort()
  }
  return 0
}
