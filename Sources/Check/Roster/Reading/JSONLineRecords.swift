/// An object on each line; blank lines do not count.
package struct JSONLineRecords: RosterRecords {
  private var input: RosterInput

  package init(_ input: RosterInput) { self.input = input }

  package mutating func header() throws -> RosterRecord? {
    try input.skipMark()
    guard try input.peekPastBlanks() != nil else {
      throw RecordFault(line: 1, "the roster is empty: write an object on each line, { \"account\": … }")
    }
    return nil
  }

  package mutating func next() throws -> RosterRecord? {
    guard try input.peekPastBlanks() != nil else { return nil }
    let (line, column) = (input.line, input.column)
    var bytes: [UInt8] = []
    while let byte = try input.next(), byte != UInt8(ascii: "\n") {
      guard bytes.count < JSONRecords.recordLimit else {
        throw RecordFault(line: line, "the line is longer than \(JSONRecords.recordLimit) bytes: shorten it")
      }
      bytes.append(byte)
    }
    return try JSONObjectCells.record(bytes, line: line, column: column)
  }
}
