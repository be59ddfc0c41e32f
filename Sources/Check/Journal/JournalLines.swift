import Glibc

/// The whole lines of a journal, in constant memory. What follows the last line end was written halfway.
struct JournalLines {
  /// Longer lines are damage.
  static let limit = 64 << 20
  private static let step = 1 << 18

  private let file: JournalFile
  private var buffer: [UInt8] = []
  /// Where the next line begins in the buffer.
  private var start = 0
  /// Where the buffer begins in the file.
  private var offset = 0
  /// How many lines were given.
  private(set) var count = 0

  init(_ file: JournalFile) { self.file = file }

  /// The next line without its end, and where it begins in the file; nil: there are no more.
  mutating func next() throws(JournalError) -> (offset: Int, line: ArraySlice<UInt8>)? {
    var searched = start
    while true {
      if let end = Self.lineEnd(buffer, from: searched) {
        defer { start = end + 1 }
        count += 1
        return (offset + start, buffer[start..<end])
      }
      searched = buffer.count - start
      guard try readMore() else { return nil }
    }
  }

  /// False at the file's end.
  private mutating func readMore() throws(JournalError) -> Bool {
    offset += start
    buffer.removeSubrange(..<start)
    start = 0
    guard buffer.count < Self.limit else { throw .damaged(file.path, line: count + 1) }
    let more = try file.read(Self.step, at: offset + buffer.count)
    buffer += more
    return !more.isEmpty
  }

  /// The line that begins there; nil: it has no end.
  static func line(_ file: JournalFile, at offset: Int) throws(JournalError) -> [UInt8]? {
    var bytes = try file.read(2048, at: offset)
    var searched = 0
    while true {
      if let end = lineEnd(bytes, from: searched) {
        bytes.removeSubrange(end...)
        return bytes
      }
      searched = bytes.count
      let more = searched < limit ? try file.read(max(searched, 2048), at: offset + searched) : []
      if more.isEmpty { return nil }
      bytes += more
    }
  }

  /// Where the last line end is behind.
  static func endOfWholeLines(_ file: JournalFile, _ size: Int) throws(JournalError) -> Int {
    var end = size
    while end > 0 {
      let begin = max(0, end - step)
      if let last = try file.read(end - begin, at: begin).lastIndex(of: UInt8(ascii: "\n")) {
        return begin + last + 1
      }
      end = begin
    }
    return 0
  }

  private static func lineEnd(_ bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBytes { buffer in
      guard start < buffer.count, let base = buffer.baseAddress,
        let found = memchr(base + start, Int32(UInt8(ascii: "\n")), buffer.count - start)
      else { return nil }
      return UnsafeRawPointer(found) - base
    }
  }
}
