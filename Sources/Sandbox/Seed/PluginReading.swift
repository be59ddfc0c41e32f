import MFWS

extension SandboxSeed {
  private static let pluginKeys = [
    "name", "is_default", "assembly_name", "bridge_class_name", "is_scope_independent", "protocol",
    "configuration", "configuration_source", "vaults", "userinfo", "account_claim", "bearers",
  ]

  static func readPlugins(_ root: NamedFields, vaults: [VaultSeed]) throws(SandboxError) -> [Plugin] {
    guard root.has("plugins") else { return [] }
    var plugins: [Plugin] = []
    for (index, value) in try root.list("plugins").enumerated() {
      let fields = try NamedFields(value, at: "plugins[\(index)]", known: pluginKeys)
      let plugin = try readPlugin(fields, vaults: vaults)
      if (Plugin.builtIn + plugins).contains(where: { $0.name.lowercased() == plugin.name.lowercased() }) {
        throw fields.fail("name", "is taken; give each plug-in its own")
      }
      plugins.append(plugin)
    }
    return plugins
  }

  private static func readPlugin(
    _ fields: NamedFields, vaults: [VaultSeed]
  ) throws(SandboxError) -> Plugin {
    var plugin = Plugin(name: try fields.name("name"))
    plugin.isDefault = try fields.flag("is_default", default: false)
    plugin.assemblyName = try text(fields, "assembly_name") ?? Plugin.oauthAssembly
    plugin.bridgeClassName = try text(fields, "bridge_class_name") ?? ""
    plugin.isScopeIndependent = try fields.flag("is_scope_independent", default: true)
    plugin.protocolName = try text(fields, "protocol") ?? ""
    plugin.configuration = try fields.free("configuration")
    plugin.configurationSource = try fields.free("configuration_source")
    plugin.accountClaim = try text(fields, "account_claim") ?? "preferred_username"
    plugin.userinfo = try readUserinfo(fields)
    plugin.bearers = try readBearers(fields)
    if !plugin.isScopeIndependent {
      plugin.vaults = Set(try readAccess(fields, vaults: vaults).map(\.guid))
    } else if fields.has("vaults") {
      throw fields.fail("vaults", "needs \"is_scope_independent\": false; add it")
    }
    return plugin
  }

  private static func text(_ fields: NamedFields, _ key: String) throws(SandboxError) -> String? {
    fields.has(key) ? try fields.text(key) : nil
  }

  private static func readUserinfo(_ fields: NamedFields) throws(SandboxError) -> String? {
    guard let url = try text(fields, "userinfo") else { return nil }
    guard url.hasPrefix("https://") || url.hasPrefix("http://") else {
      throw fields.fail("userinfo", "must be an address that begins with https:// or http://")
    }
    return url
  }

  private static func readBearers(_ fields: NamedFields) throws(SandboxError) -> [BearerSeed] {
    var bearers: [BearerSeed] = []
    for (token, account) in try fields.free("bearers") {
      guard let account = account.string else {
        throw fields.fail("bearers", "must map tokens to account names")
      }
      bearers.append(BearerSeed(token: Password(token), account: account))
    }
    return bearers
  }
}
