/// Where the rows of a run come from, without keeping them.
package protocol RowSource: Sendable {
  /// How many accounts there are.
  var groupCount: Int { get }
  /// The numbers of one account's rows, in any order. Accounts come in the order of their first rows.
  func group(_ number: Int) throws -> [Int]
  /// A row by its number.
  func row(at index: Int) throws -> RosterRow
}

/// The rows of a list.
package struct RowList: RowSource {
  private let rows: [RosterRow]
  private let groups: [[Int]]

  package init(_ rows: [RosterRow]) {
    self.rows = rows
    var numbers: [AccountKey: Int] = [:]
    var groups: [[Int]] = []
    for (index, row) in rows.enumerated() {
      let number = numbers[AccountKey(row)] ?? groups.count
      numbers[AccountKey(row)] = number
      if number == groups.count { groups.append([]) }
      groups[number].append(index)
    }
    self.groups = groups
  }

  package var groupCount: Int { groups.count }
  package func group(_ number: Int) -> [Int] { groups[number] }
  package func row(at index: Int) -> RosterRow { rows[index] }
}
