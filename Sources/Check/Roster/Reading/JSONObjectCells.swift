import MFWS

/// Reads the text of an object as a record, with the place of each name.
struct JSONObjectCells {
  private let bytes: [UInt8]
  private var reader: JSONReader
  private var record: RosterRecord
  private var names: Set<String> = []
  /// Up to where lines and columns are counted, and what they are there.
  private var counted = 0
  private var line: Int
  private var column: Int

  /// - Parameters:
  ///   - bytes: the whole object, with white space around it at most.
  ///   - line: of its first byte, as `column`.
  /// - Throws: `RecordFault` for a text that is no UTF-8.
  static func record(_ bytes: [UInt8], line: Int, column: Int) throws(RecordFault) -> RosterRecord {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw RecordFault(line: line, column: column, "the row is no UTF-8: save the roster as UTF-8")
    }
    var cells = JSONObjectCells(bytes, line: line, column: column)
    cells.read()
    return cells.record
  }

  private init(_ bytes: [UInt8], line: Int, column: Int) {
    self.bytes = bytes
    reader = JSONReader(bytes: bytes)
    (self.line, self.column) = (line, column)
    record = RosterRecord([], line: line)
  }

  private mutating func read() {
    guard reader.take(UInt8(ascii: "{")) else { return note("a row must be an object in braces, { }") }
    if !reader.take(UInt8(ascii: "}")) {
      repeat {
        guard readField() else { return }
      } while reader.take(UInt8(ascii: ","))
      guard reader.take(UInt8(ascii: "}")) else {
        return note("no JSON from here on: a comma or } is missing")
      }
    }
    if reader.next() != nil { note("there is more behind the row: write one object only") }
  }

  /// - Returns: whether it was one.
  private mutating func readField() -> Bool {
    guard reader.next() == UInt8(ascii: "\"") else {
      let isEnd = reader.next() == UInt8(ascii: "}")
      note(
        isEnd
          ? "a comma in front of the }: take it out"
          : "no JSON from here on: a name in double quotes is missing")
      return false
    }
    let place = count(to: reader.place)
    guard let name = reader.string(), reader.take(UInt8(ascii: ":")), let value = reader.value() else {
      note(
        reader.isTooDeep
          ? "the value is nested too deep: flatten it"
          : "no JSON from here on: check quotes, commas and brackets")
      return false
    }
    if names.insert(name).inserted {
      record.cells.append(.init(name, value, line: place.line, column: place.column))
    } else {
      let message = "\(Quoted(name)) is there twice: take one out"
      record.faults.append(RecordFault(line: place.line, column: place.column, message))
    }
    return true
  }

  private mutating func note(_ message: String) {
    let place = count(to: reader.place)
    record.faults.append(RecordFault(line: place.line, column: place.column, message))
  }

  private mutating func count(to end: Int) -> (line: Int, column: Int) {
    for byte in bytes[min(counted, bytes.count)..<min(max(counted, end), bytes.count)] {
      if byte == 0x0A {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    counted = max(counted, end)
    return (line, column)
  }
}
