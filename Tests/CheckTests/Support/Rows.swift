import Check

/// A row of a roster that was written for a test.
func row(
  _ account: String = "editor", _ expect: RosterRow.Expectation = .allow, server: String = "https://a",
  id: String? = nil, _ change: (inout RosterRow) -> Void = { _ in }
) -> RosterRow {
  var row = RosterRow(
    id: id ?? "\(account)-\(expect.rawValue)", file: "roster.csv", row: 1, line: 2, server: server,
    account: account)
  row.expect = expect
  change(&row)
  return row
}

/// The vaults of the standard sandbox.
enum SandboxVault {
  static let sample = "{C840BE1A-5B47-4AC0-8EF7-835C166C8E24}"
  static let finance = "{6D1A7C52-0B7E-4F7B-9E2D-3C5A81F0B4D1}"
  static let personnel = "{A3F95E08-9C41-4D26-B7A4-52E1D6C0937F}"
}
