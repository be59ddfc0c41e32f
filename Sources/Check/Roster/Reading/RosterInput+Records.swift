extension RosterInput {
  /// Its rows.
  ///
  /// - Parameter format: nil: as the text begins.
  consuming func records(_ format: RosterFormat?) throws -> any RosterRecords {
    switch format {
    case .tsv: DelimitedRecords(self, separator: UInt8(ascii: "\t"))
    default: DelimitedRecords(self)
    }
  }
}
