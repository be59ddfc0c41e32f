import MFWS

extension SandboxSeed {
  static func readVaults(_ root: NamedFields) throws(SandboxError) -> [VaultSeed] {
    var vaults: [VaultSeed] = []
    for (index, value) in try root.list("vaults").enumerated() {
      let fields = try NamedFields(value, at: "vaults[\(index)]", known: ["name", "guid"])
      guard let guid = GUID(try fields.text("guid")) else {
        throw fields.fail("guid", "must be a GUID such as {C840BE1A-5B47-4AC0-8EF7-835C166C8E24}")
      }
      if let first = vaults.firstIndex(where: { $0.guid == guid }) {
        throw fields.fail("guid", "is the same as vaults[\(first)].guid; give each vault its own")
      }
      vaults.append(VaultSeed(name: try fields.name("name"), guid: guid))
    }
    return vaults
  }

  private static let accountKeys = [
    "name", "password", "domain", "windows", "full_name", "user_id", "license", "admin", "internal",
    "enabled", "vaults", "extra",
  ]

  static func readAccounts(_ root: NamedFields, vaults: [VaultSeed]) throws(SandboxError) -> [Account] {
    var accounts: [Account] = []
    var known: [LoginKey: Int] = [:]
    for (index, value) in try root.list("accounts").enumerated() {
      let fields = try NamedFields(value, at: "accounts[\(index)]", known: accountKeys)
      let account = try readAccount(fields, position: index + 1, vaults: vaults)
      if let first = known.updateValue(index, forKey: LoginKey(account)) {
        throw fields.fail("name", "is the same as accounts[\(first)].name; give each account its own")
      }
      accounts.append(account)
    }
    return accounts
  }

  private static func readAccount(
    _ fields: NamedFields, position: Int, vaults: [VaultSeed]
  ) throws(SandboxError) -> Account {
    let name = try fields.name("name")
    let license = try fields.choice("license", of: License.allCases.map(\.rawValue), default: "named")
    let account = Account(
      name: name, password: Password(try fields.text("password")),
      domain: fields.has("domain") ? try fields.name("domain") : nil,
      isWindows: try fields.flag("windows", default: false),
      fullName: fields.has("full_name") ? try fields.text("full_name") : name,
      userID: try fields.integer("user_id", default: Int64(position)),
      license: License(rawValue: license) ?? .named,
      isAdmin: try fields.flag("admin", default: false),
      isInternal: try fields.flag("internal", default: true),
      isEnabled: try fields.flag("enabled", default: true),
      vaults: try readAccess(fields, vaults: vaults),
      extra: try fields.free("extra"))
    if account.isWindows, account.domain == nil {
      throw fields.fail("domain", "is missing; a Windows account needs one")
    }
    return account
  }

  static func readAccess(
    _ fields: NamedFields, vaults: [VaultSeed]
  ) throws(SandboxError) -> [VaultSeed] {
    let value = try fields.value("vaults")
    if value == "*" { return vaults }
    guard let entries = value.array else {
      throw fields.fail("vaults", "must be \"*\" or a list of vault names and GUIDs")
    }
    var chosen: Set<GUID> = []
    for (index, entry) in entries.enumerated() {
      chosen.insert(try find(entry, in: vaults, for: fields, key: "vaults[\(index)]"))
    }
    return vaults.filter { chosen.contains($0.guid) }
  }

  private static func find(
    _ entry: JSONValue, in vaults: [VaultSeed], for fields: NamedFields, key: String
  ) throws(SandboxError) -> GUID {
    guard let text = entry.string else { throw fields.fail(key, "must be a vault's name or GUID") }
    let guid = GUID(text)
    let matches = vaults.filter { $0.guid == guid || $0.name == text }
    if matches.count > 1 { throw fields.fail(key, "names \(matches.count) vaults; use the GUID") }
    guard let match = matches.first else {
      let meant = nearest(to: text, in: vaults.map(\.name)).map { "; did you mean \"\($0)\"?" }
      throw fields.fail(key, "names no vault of this seed\(meant ?? "")")
    }
    return match.guid
  }
}

/// What tells accounts apart: where it is the same, one login would fit both, were the passwords alike.
private struct LoginKey: Hashable {
  let name: String
  /// Of a Windows account.
  let domain: String?

  init(_ account: Account) {
    name = account.name.lowercased()
    domain = account.isWindows ? account.domain?.lowercased() ?? "" : nil
  }
}
