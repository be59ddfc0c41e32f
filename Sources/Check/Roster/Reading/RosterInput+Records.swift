import MFWS

extension RosterInput {
  /// The rows in it.
  ///
  /// - Parameter format: nil: as the text begins.
  consuming func records(_ format: RosterFormat?) throws -> any RosterRecords {
    var input = self
    switch try format ?? input.format() {
    case .csv: return DelimitedRecords(input)
    case .tsv: return DelimitedRecords(input, separator: UInt8(ascii: "\t"))
    case .json: return JSONRecords(input)
    case .ndjson: return JSONLineRecords(input)
    }
  }

  /// What the first character shows.
  private mutating func format() throws -> RosterFormat {
    try skipMark()
    return switch JSONText.firstByte(Array(try lookahead(4096))) {
    case UInt8(ascii: "["): .json
    case UInt8(ascii: "{"): .ndjson
    default: .csv
    }
  }
}
