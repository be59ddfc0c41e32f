import MFWS

extension RowResult {
  /// Reads what `record` wrote; nil: a field is missing or has another type.
  init?(record: JSONValue) {
    guard let order = Order(record), let status = record["status"]?.string.flatMap(Status.init),
      let code = record["code"]?.string, let logout = record["logout"]?.string.flatMap(Logout.init),
      let findings = record["findings"]?.array.flatMap({ Self.all($0, Finding.init(record:)) }),
      let http = record["http"]?.array.flatMap({ Self.all($0, Exchange.init(record:)) })
    else { return nil }
    (id, row, file, line, server) = (order.id, order.row, order.file, order.line, order.server)
    (vault, account, auth) = (record["vault"].map(VaultReference.init(record:)), order.account, order.auth)
    (domain, secret, expect) = (record["domain"]?.string, record["secret"]?.string, order.expect)
    meta = record["meta"]?.object?.compactMapValues(\.string) ?? [:]
    content = record["content"]?.string ?? ""
    (self.status, self.code, self.logout) = (status, code, logout)
    (self.findings, self.http) = (findings, http)
    message = record["message"]?.string ?? ""
    waiver = record["waiver"].flatMap(AppliedWaiver.init(record:))
    actual = record["actual"]?.object ?? [:]
    attempts = record.int("attempts") ?? 0
    started = record["started"]?.string ?? ""
    ms = record.double("ms") ?? 0
  }

  /// The fields from the roster that are always there.
  private struct Order {
    let id, file, server, account: String
    let row, line: Int
    let auth: RosterRow.Authentication
    let expect: RosterRow.Expectation

    init?(_ record: JSONValue) {
      guard let id = record["id"]?.string, let row = record.int("row"), let file = record["file"]?.string,
        let line = record.int("line"), let server = record["server"]?.string,
        let account = record["account"]?.string,
        let auth = record["auth"]?.string.flatMap(RosterRow.Authentication.init),
        let expect = record["expect"]?.string.flatMap(RosterRow.Expectation.init)
      else { return nil }
      (self.id, self.file, self.server, self.account) = (id, file, server, account)
      (self.row, self.line, self.auth, self.expect) = (row, line, auth, expect)
    }
  }

  /// Nil when one of them is none.
  private static func all<Element>(
    _ records: [JSONValue], _ read: (JSONValue) -> Element?
  ) -> [Element]? {
    let elements = records.compactMap(read)
    return elements.count == records.count ? elements : nil
  }
}

extension RowResult.VaultReference {
  fileprivate init(record: JSONValue) {
    self.init(guid: record["guid"]?.string, name: record["name"]?.string)
  }
}

extension RowResult.Finding {
  fileprivate init?(record: JSONValue) {
    guard let check = record["check"]?.string,
      let severity = record["severity"]?.string.flatMap(Severity.init)
    else { return nil }
    self.init(
      check, severity, expected: record["expected"] ?? .null, actual: record["actual"] ?? .null,
      missing: record["missing"]?.array?.compactMap(\.string) ?? [],
      extra: record["extra"]?.array?.compactMap(\.string) ?? [])
  }
}

extension RowResult.Exchange {
  fileprivate init?(record: JSONValue) {
    guard let method = record["method"]?.string, let path = record["path"]?.string else { return nil }
    self.init(
      method: method, path: path, status: record.int("status"), ms: record.double("ms") ?? 0,
      attempt: record.int("attempt") ?? 1)
    (exception, reference) = (record["exception"]?.string, record["reference"]?.string)
  }
}

extension RowResult.AppliedWaiver {
  fileprivate init?(record: JSONValue) {
    guard let reason = record["reason"]?.string,
      let was = record["was"]?.string.flatMap(RowResult.Status.init)
    else { return nil }
    self.init(reason: reason, until: record["until"]?.string, was: was)
  }
}

extension JSONValue {
  fileprivate func int(_ name: String) -> Int? { self[name]?.integer.flatMap { Int(exactly: $0) } }

  /// Of a number, whole or not.
  func double(_ name: String) -> Double? {
    switch self[name] {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
}
