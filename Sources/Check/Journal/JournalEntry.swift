/// What the memory keeps of a row: 24 bytes.
struct JournalEntry {
  /// What the entries are sorted by: of the id, some bytes or a hash.
  var key: UInt64 = 0
  /// Where the record begins (40 bits), the status (4), the number of the server (20).
  private let place: UInt64
  /// How long the row took, in milliseconds.
  let milliseconds: UInt32
  /// The number of its group of equal results, from 1; 0: none.
  var group: UInt32 = 0

  /// More servers than this cannot be told apart.
  static let serverLimit = 1 << 20
  private static let statuses = RowResult.Status.allCases
  private static let keptMark = UInt64(15)

  /// A result.
  init(offset: Int, _ status: RowResult.Status, server: Int, milliseconds: Double) {
    let number = Self.statuses.firstIndex(of: status) ?? 0
    place = UInt64(offset) << 24 | UInt64(number) << 20 | UInt64(server)
    self.milliseconds = UInt32(max(0, min(milliseconds.rounded(), 4e9)))
  }

  /// A note that an earlier result counts.
  init(keptAt offset: Int) {
    place = UInt64(offset) << 24 | Self.keptMark << 20
    milliseconds = 0
  }

  var offset: Int { Int(place >> 24) }
  /// Nil: it is a note that an earlier result counts.
  var status: RowResult.Status? {
    let number = Int(place >> 20 & 15)
    return number < Self.statuses.count ? Self.statuses[number] : nil
  }
  var server: Int { Int(place & 0xFFFFF) }
}
