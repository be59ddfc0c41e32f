import Glibc
import FuzzSubject

/// One for the process, chosen by `MFSH_FUZZ`: libFuzzer calls from one thread.
nonisolated(unsafe) private let subject = try? getenv("MFSH_FUZZ").flatMap {
  fuzzSubjects[String(cString: $0)]
}?()

/// libFuzzer's entry.
@c(LLVMFuzzerTestOneInput)
public func fuzzOne(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let subject else { abort() }
  do {
    try subject.read(Array(UnsafeBufferPointer(start: data, count: count)))
  } catch {
    print(error)
    fflush(nil)
    abort()
  }
  return 0
}
