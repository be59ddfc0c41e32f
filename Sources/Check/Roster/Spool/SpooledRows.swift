/// The selected rows of a spool.
struct SpooledRows: RowSource {
  private let spool: Spool
  /// The numbers of the rows, those of one account together.
  private let rows: [UInt32]
  /// Where each account begins in `rows`.
  private let starts: [UInt32]

  /// - Parameter isSelected: of a row by its number.
  init(_ spool: Spool, _ isSelected: (Int) throws -> Bool) rethrows {
    self.spool = spool
    var byAccount = spool.entries.sorted(by: \.account)
    try byAccount.removeAll { try !isSelected(Int($0)) }
    (rows, starts) = Self.grouped(byAccount, spool.entries)
  }

  /// Puts the accounts in the order of their first rows.
  private static func grouped(_ byAccount: [UInt32], _ entries: RowEntries) -> ([UInt32], [UInt32]) {
    let isFirst = { (place: Int) in
      place == 0 || entries[Int(byAccount[place])].account != entries[Int(byAccount[place - 1])].account
    }
    var firsts: [UInt32] = byAccount.indices.lazy.filter(isFirst).map { UInt32($0) }
    firsts.sort { byAccount[Int($0)] < byAccount[Int($1)] }
    var rows: [UInt32] = []
    rows.reserveCapacity(byAccount.count)
    // The places turn into the starts one by one: no further list is needed.
    for index in firsts.indices {
      var place = Int(firsts[index])
      firsts[index] = UInt32(rows.count)
      repeat {
        rows.append(byAccount[place])
        place += 1
      } while place < byAccount.count && !isFirst(place)
    }
    return (rows, firsts)
  }

  var count: Int { rows.count }
  var groupCount: Int { starts.count }

  func group(_ number: Int) -> [Int] {
    let end = number + 1 < starts.count ? Int(starts[number + 1]) : rows.count
    return rows[Int(starts[number])..<end].map { Int($0) }
  }

  func row(at index: Int) throws -> RosterRow { try spool.row(at: index) }
}
