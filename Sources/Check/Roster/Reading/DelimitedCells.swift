/// Splits text into lines of cells (RFC 4180). A line ends with CR LF or LF; blank lines do not count.
struct DelimitedCells {
  struct Cell {
    var text: String
    let line: Int
    let column: Int
  }

  struct Line {
    var cells: [Cell] = []
    let line: Int
    var faults: [RecordFault] = []
    fileprivate var size = 0
  }

  /// Bytes of a cell.
  static let cellLimit = 65536
  /// Bytes of a line, which a quoted cell may break into several.
  static let lineLimit = 1 << 20
  /// Cells of a line.
  static let countLimit = 1000

  var input: RosterInput
  var separator = UInt8(ascii: ",")

  init(_ input: RosterInput) { self.input = input }

  mutating func skipBlankLines() throws {
    while try isLineEnd() { try passLineEnd() }
  }

  /// The cells of the next line; nil: there is none.
  mutating func next() throws -> Line? {
    try skipBlankLines()
    guard try input.peek() != nil else { return nil }
    var line = Line(line: input.line)
    while true {
      try readCell(&line)
      guard try input.peek() == separator else { break }
      guard line.cells.count < Self.countLimit else {
        throw RecordFault(
          line: line.line, "the line has more than \(Self.countLimit) cells: split the roster")
      }
      _ = try input.next()
    }
    try passLineEnd()
    return line
  }

  private mutating func readCell(_ line: inout Line) throws {
    let (start, column) = (input.line, input.column)
    let isQuoted = try input.peek() == UInt8(ascii: "\"")
    let bytes = isQuoted ? try quoted(&line) : try plain(&line)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw RecordFault(line: start, column: column, "the cell is no UTF-8: save the roster as UTF-8")
    }
    line.cells.append(Cell(text: text, line: start, column: column))
    line.size += bytes.count
    guard line.size <= Self.lineLimit else {
      throw RecordFault(line: line.line, "the line is longer than \(Self.lineLimit) bytes: shorten it")
    }
  }

  private mutating func plain(_ line: inout Line) throws -> [UInt8] {
    let (start, column) = (input.line, input.column)
    var bytes: [UInt8] = []
    var fault: RecordFault?
    while try !isCellEnd(), let byte = try input.peek() {
      if fault == nil { fault = plainFault(byte) }
      try append(byte, to: &bytes, line: start, column: column)
      _ = try input.next()
    }
    if let fault { line.faults.append(fault) }
    return bytes
  }

  private func plainFault(_ byte: UInt8) -> RecordFault? {
    switch byte {
    case UInt8(ascii: "\""):
      RecordFault(
        line: input.line, column: input.column,
        "a quote in a cell without quotes: put the whole cell in quotes, and write \"\" for the one in it")
    case UInt8(ascii: "\r"):
      RecordFault(
        line: input.line, column: input.column,
        "a carriage return that ends no line: end lines with CR LF or LF, or put the cell in quotes")
    default: nil
    }
  }

  private mutating func quoted(_ line: inout Line) throws -> [UInt8] {
    let (start, column) = (input.line, input.column)
    var bytes: [UInt8] = []
    _ = try input.next()
    while let byte = try input.next() {
      guard byte == UInt8(ascii: "\"") else {
        try append(byte, to: &bytes, line: start, column: column)
        continue
      }
      if try input.peek() == UInt8(ascii: "\"") {
        bytes.append(byte)
        _ = try input.next()
        continue
      }
      try skipText(&line)
      return bytes
    }
    throw RecordFault(line: start, column: column, "the quote that begins here is never closed: close it")
  }

  /// Passes what must not be behind a quoted cell.
  private mutating func skipText(_ line: inout Line) throws {
    guard try !isCellEnd() else { return }
    line.faults.append(
      RecordFault(
        line: input.line, column: input.column,
        "text behind the closing quote: write \"\" for a quote inside of a cell"))
    while try !isCellEnd() { _ = try input.next() }
  }

  private func append(_ byte: UInt8, to bytes: inout [UInt8], line: Int, column: Int) throws {
    guard byte != 0 else {
      throw RecordFault(
        line: line, column: column, "the cell holds a zero byte: save the roster as UTF-8 text")
    }
    guard bytes.count < Self.cellLimit else {
      throw RecordFault(
        line: line, column: column,
        "the cell is longer than \(Self.cellLimit) bytes: shorten it, or close the quote that begins it")
    }
    bytes.append(byte)
  }

  // MARK: - Ends

  private mutating func isCellEnd() throws -> Bool {
    guard let byte = try input.peek() else { return true }
    return try byte == separator || isLineEnd()
  }

  /// Whether a line ends here; the end of the text is none.
  private mutating func isLineEnd() throws -> Bool {
    switch try input.peek() {
    case UInt8(ascii: "\n"): true
    case UInt8(ascii: "\r"): try input.peek(1) == UInt8(ascii: "\n")
    default: false
    }
  }

  private mutating func passLineEnd() throws {
    if try input.peek() == UInt8(ascii: "\r") { _ = try input.next() }
    if try input.peek() == UInt8(ascii: "\n") { _ = try input.next() }
  }
}
