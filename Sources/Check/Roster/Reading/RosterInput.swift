import Glibc

/// The bytes of a roster, and the place of the next one. Holds a chunk of them at a time.
package struct RosterInput {
  private let read: () throws -> [UInt8]
  private var chunk: [UInt8] = []
  private var place = 0
  private var isEnded = false
  /// Of the next byte, from 1.
  private(set) var line = 1
  /// Of the next byte, from 1, in characters.
  private(set) var column = 1

  /// - Parameter read: gives the next bytes; none: that was all.
  package init(_ read: @escaping () throws -> [UInt8]) { self.read = read }

  package init(_ bytes: [UInt8]) {
    var rest: [UInt8]? = bytes
    self.init {
      defer { rest = nil }
      return rest ?? []
    }
  }

  /// The file at `path`; `-` is standard input.
  ///
  /// - Throws: `RosterError`, `input`, also later while it is read.
  package init(path: String) throws(RosterError) {
    let file = try InputFile(path)
    self.init { try file.read() }
  }

  /// The byte `distance` behind the next one; nil: the text ends before.
  mutating func peek(_ distance: Int = 0) throws -> UInt8? {
    if place + distance >= chunk.count { try fill(distance + 1) }
    return place + distance < chunk.count ? chunk[place + distance] : nil
  }

  /// The next byte, which is passed.
  mutating func next() throws -> UInt8? {
    guard let byte = try peek() else { return nil }
    place += 1
    if byte == 0x0A {
      line += 1
      column = 1
    } else if byte & 0xC0 != 0x80 {
      column += 1
    }
    return byte
  }

  /// The next byte that is no white space, which stays.
  mutating func peekPastBlanks() throws -> UInt8? {
    while let byte = try peek() {
      guard byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D else { return byte }
      _ = try next()
    }
    return nil
  }

  /// Up to `count` of the next bytes, which stay.
  mutating func lookahead(_ count: Int) throws -> ArraySlice<UInt8> {
    try fill(count)
    return chunk[place...].prefix(count)
  }

  /// Passes a byte order mark, which has no column.
  ///
  /// - Throws: `RecordFault` for text in UTF-16.
  mutating func skipMark() throws {
    let start = Array(try lookahead(3))
    if start.starts(with: [0xEF, 0xBB, 0xBF]) {
      place += 3
    } else if start.starts(with: [0xFE, 0xFF]) || start.starts(with: [0xFF, 0xFE]) {
      throw RecordFault(line: 1, "the text is UTF-16: save it as UTF-8")
    }
  }

  private mutating func fill(_ count: Int) throws {
    while chunk.count - place < count, !isEnded {
      let more = try read()
      isEnded = more.isEmpty
      if place == chunk.count { chunk = more } else { chunk = chunk[place...] + more }
      place = 0
    }
  }
}

/// An open file, or standard input.
private final class InputFile {
  private let path: String
  private let descriptor: Int32

  init(_ path: String) throws(RosterError) {
    self.path = path
    descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { throw .input(path, errno) }
  }

  deinit { if descriptor > STDIN_FILENO { close(descriptor) } }

  func read() throws(RosterError) -> [UInt8] {
    var fault: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: 65536) { buffer, used in
      var count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      while count < 0, errno == EINTR { count = Glibc.read(descriptor, buffer.baseAddress, buffer.count) }
      if count < 0 { fault = errno }
      used = max(0, count)
    }
    guard fault == 0 else { throw .input(path, fault) }
    return bytes
  }
}

extension RosterError {
  fileprivate static func input(_ path: String, _ number: Int32) -> RosterError {
    let name = path == "-" ? "standard input" : VisibleText.line(path)
    let reason = String(cString: strerror(number))
    return RosterError(
      code: .input, description: "the roster \(name) cannot be read: \(reason); check the path")
  }
}
