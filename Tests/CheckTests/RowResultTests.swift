import Check
import Testing

@Suite struct RowResultTests {
  @Test func rowsOfOneAccountShareAKeyWhateverTheCase() {
    let row = RosterRow(id: "1", file: "roster.csv", row: 1, line: 2, server: "https://a", account: "Jo")
    var other = RosterRow(id: "2", file: "roster.csv", row: 2, line: 3, server: "https://b", account: "JO")
    #expect(AccountKey(row) == AccountKey(other))
    other.domain = "CORP"
    #expect(AccountKey(row) != AccountKey(other))
  }
}
