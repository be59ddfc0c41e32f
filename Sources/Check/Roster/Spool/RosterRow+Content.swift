import MFWS

extension RosterRow {
  /// What the row orders as a line of JSON, the same for equal orders. Its place is not in it.
  var content: [UInt8] {
    var line = JSONLine()
    line.object { line in
      line.text("id", id)
      line.text("server", server)
      line.target(target)
      line.text("account", account)
      line.text("auth", auth.rawValue)
      line.text("domain", ifPresent: domain)
      line.text("expect", expect.rawValue)
      if let vaults { line.texts("vaults", vaults) }
      if !vaultsMin.isEmpty { line.texts("vaults_min", vaultsMin) }
      if !vaultsNot.isEmpty { line.texts("vaults_not", vaultsNot) }
      line.text("license", ifPresent: license?.rawValue)
      if !rights.isEmpty { line.texts("rights", rights.map { ($0.isGranted ? "+" : "-") + $0.name }) }
      if let isInternal { line.value("internal", .bool(isInternal)) }
      if let userID { line.value("user_id", .integer(userID)) }
      if !tags.isEmpty { line.texts("tags", tags) }
      line.text("secret", ifPresent: secret)
      if !meta.isEmpty { line.texts("meta", meta) }
    }
    return line.bytes
  }

  /// Reads what `content` wrote; nil: it is something else.
  init?(content: [UInt8], file: String, row: Int, line: Int) {
    guard let value = JSONReader.value(content), let id = value["id"]?.string,
      let server = value["server"]?.string, let account = value["account"]?.string,
      let auth = value["auth"]?.string.flatMap(Authentication.init),
      let expect = value["expect"]?.string.flatMap(Expectation.init), let target = Target(value["vault"])
    else { return nil }
    self.init(id: id, file: file, row: row, line: line, server: server, account: account)
    (self.auth, self.expect, self.target) = (auth, expect, target)
    domain = value["domain"]?.string
    vaults = value["vaults"]?.array.map { $0.compactMap(\.string) }
    vaultsMin = value.texts("vaults_min")
    vaultsNot = value.texts("vaults_not")
    license = value["license"]?.string.flatMap(License.init)
    rights = value.texts("rights").map { Right(String($0.dropFirst()), isGranted: $0.hasPrefix("+")) }
    isInternal = value["internal"]?.bool
    userID = value["user_id"]?.integer
    tags = value.texts("tags")
    secret = value["secret"]?.string
    meta = value["meta"]?.object?.compactMapValues(\.string) ?? [:]
  }
}

extension JSONValue {
  fileprivate func texts(_ name: String) -> [String] { self[name]?.array?.compactMap(\.string) ?? [] }
}

extension JSONLine {
  /// Nothing for the login alone, a text for each vault, an object for one of them.
  mutating func target(_ target: RosterRow.Target) {
    switch target {
    case .account: break
    case .everyVault: text("vault", target.spelling)
    case .vault(let guid): object("vault") { $0.text("guid", guid) }
    case .vaultNamed(let name): object("vault") { $0.text("name", name) }
    }
  }
}

extension RosterRow.Target {
  fileprivate init?(_ value: JSONValue?) {
    switch value {
    case nil: self = .account
    case .string: self = .everyVault
    default:
      if let guid = value?["guid"]?.string {
        self = .vault(guid: guid)
      } else if let name = value?["name"]?.string {
        self = .vaultNamed(name)
      } else {
        return nil
      }
    }
  }
}
