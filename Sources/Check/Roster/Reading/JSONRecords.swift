/// The objects of a JSON list.
package struct JSONRecords: RosterRecords {
  /// Bytes of a row.
  static let recordLimit = 1 << 20

  private var input: RosterInput
  private var isFirst = true
  private var isEnded = false

  package init(_ input: RosterInput) { self.input = input }

  package mutating func header() throws -> RosterRecord? {
    try input.skipMark()
    switch try input.peekPastBlanks() {
    case UInt8(ascii: "["): _ = try input.next()
    case nil:
      throw RecordFault(line: 1, "the roster is empty: write a list of objects, [ { \"account\": … } ]")
    case UInt8(ascii: "{"):
      throw fault(
        "a list in brackets is missing, [ ]: put them around the objects, or name the roster .ndjson")
    default: throw fault("the roster is no JSON: it must be a list of objects in brackets, [ ]")
    }
    return nil
  }

  package mutating func next() throws -> RosterRecord? {
    guard !isEnded else { return nil }
    if try input.peekPastBlanks() == UInt8(ascii: "]") {
      _ = try input.next()
      isEnded = true
      guard try input.peekPastBlanks() == nil else {
        throw fault("there is more behind the list: take it out")
      }
      return nil
    }
    if !isFirst { try passComma() }
    guard try input.peekPastBlanks() != nil else { throw fault("the list is never closed: a ] is missing") }
    isFirst = false
    let (line, column) = (input.line, input.column)
    return try JSONObjectCells.record(element(), line: line, column: column)
  }

  private mutating func passComma() throws {
    guard try input.peekPastBlanks() == UInt8(ascii: ",") else {
      throw fault("no JSON from here on: a comma or ] is missing")
    }
    _ = try input.next()
    if try input.peekPastBlanks() == UInt8(ascii: "]") {
      throw fault("a comma in front of the ]: take it out")
    }
  }

  /// The text of an element: up to the bracket that closes it, or else up to what separates it.
  private mutating func element() throws -> [UInt8] {
    let start = fault("the row that begins here is never closed: close it")
    var bytes: [UInt8] = []
    var nesting = JSONNesting()
    while let byte = try input.peek() {
      if nesting.depth == 0, !nesting.isString, [UInt8(ascii: ","), UInt8(ascii: "]")].contains(byte) {
        return bytes
      }
      guard bytes.count < Self.recordLimit else {
        throw RecordFault(
          line: start.line, column: start.column,
          "the row is longer than \(Self.recordLimit) bytes: shorten it")
      }
      nesting.pass(byte)
      bytes.append(byte)
      _ = try input.next()
      if nesting.isClosed { return bytes }
    }
    throw start
  }

  private func fault(_ message: String) -> RecordFault {
    RecordFault(line: input.line, column: input.column, message)
  }
}

/// How deep a JSON text is in brackets, byte by byte.
struct JSONNesting {
  private(set) var depth = 0
  private(set) var isString = false
  private var isEscaped = false
  /// Whether the last byte closed the outermost bracket.
  private(set) var isClosed = false

  mutating func pass(_ byte: UInt8) {
    if isString {
      isString = isEscaped || byte != UInt8(ascii: "\"")
      isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
      return
    }
    switch byte {
    case UInt8(ascii: "\""): isString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      depth -= 1
      isClosed = depth <= 0
    default: break
    }
  }
}
