import MFWS

/// A way to log in that the server offers besides its own: a provider of identities, asked by OAuth.
struct Plugin: Sendable {
  var name: String
  var isDefault = false
  var assemblyName = Plugin.oauthAssembly
  var bridgeClassName = ""
  var isScopeIndependent = true
  var protocolName = ""
  var configuration: [String: JSONValue] = [:]
  var configurationSource: [String: JSONValue] = [:]
  /// The vaults it is for, when it is not for the whole server.
  var vaults: Set<GUID> = []
  /// Where the provider tells who a bearer token belongs to.
  var userinfo: String?
  /// The field of that answer which names the account.
  var accountClaim = "preferred_username"
  /// Tokens that are taken without asking anybody, and the accounts they stand for.
  var bearers: [BearerSeed] = []

  static let oauthAssembly = "MFiles.AuthenticationProviders.OAuth"

  /// Whether it may be used for a vault; nil is the server as a whole.
  func isOffered(for vault: GUID?) -> Bool {
    isScopeIndependent || vault.map(vaults.contains) ?? false
  }

  /// PluginInfoConfiguration, in a real server's order.
  var description: JSONText {
    [
      "Name": .string(name), "IsDefault": .bool(isDefault), "AssemblyName": .string(assemblyName),
      "BridgeClassName": .string(bridgeClassName), "IsScopeIndependent": .bool(isScopeIndependent),
      "Protocol": .string(protocolName), "Configuration": JSONText(.object(configuration)),
      "ConfigurationSource": JSONText(.object(configurationSource)),
    ]
  }

  /// The two that every server has.
  static let builtIn = [
    Plugin(name: "M-Files", isDefault: true, assemblyName: ""), Plugin(name: "Windows", assemblyName: ""),
  ]
}

/// A bearer token that stands for an account.
struct BearerSeed: Sendable {
  let token: Password
  let account: String
}
