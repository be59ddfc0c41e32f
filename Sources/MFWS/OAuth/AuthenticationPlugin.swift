public import HTTP

/// A way to authenticate that a server or vault offers by a plug-in (protocol: PluginInfoConfiguration, of
/// `/server/authenticationprotocols`).
public struct AuthenticationPlugin: Sendable, Hashable, Decodable {
  /// The name that `X-AuthConfig` carries.
  public let name: String
  /// Whether clients take this one unless told otherwise.
  public let isDefault: Bool
  /// What implements it, such as `MFiles.AuthenticationProviders.OAuth`.
  public let assemblyName: String
  /// The class inside of the assembly.
  public let bridgeClassName: String
  /// Whether it serves the whole server, not one vault.
  public let isScopeIndependent: Bool
  /// The server's `Protocol`, such as `OAuth 2.0`.
  public let protocolName: String
  /// The settings for clients, under the server's names, without `secrets`.
  public let configuration: [String: JSONValue]
  /// Where the settings come from, under the server's names, without `secrets`.
  public let configurationSource: [String: JSONValue]
  /// The settings that must not be shown, such as `ClientSecret`.
  public let secrets: [String: Secret]
  /// Every field that the server sent, without `secrets`.
  public let fields: [String: JSONValue]

  /// Reads a PluginInfoConfiguration object; fields that are missing are empty or false.
  public init(from decoder: any Decoder) throws {
    self.init(fields: try [String: JSONValue](from: decoder))
  }

  /// A plug-in with the fields of a PluginInfoConfiguration object.
  public init(fields: [String: JSONValue]) {
    var fields = fields
    var secrets: [String: Secret] = [:]
    for name in ["ConfigurationSource", "Configuration"] {
      guard case .object(let settings)? = fields[name] else { continue }
      fields[name] = .object(settings.filter { !Self.isSecret($0.key) })
      for (key, value) in settings where Self.isSecret(key) {
        if let text = value.string, !text.isEmpty { secrets[key] = Secret(text) }
      }
    }
    name = fields["Name"]?.string ?? ""
    isDefault = fields["IsDefault"]?.bool ?? false
    assemblyName = fields["AssemblyName"]?.string ?? ""
    bridgeClassName = fields["BridgeClassName"]?.string ?? ""
    isScopeIndependent = fields["IsScopeIndependent"]?.bool ?? false
    protocolName = fields["Protocol"]?.string ?? ""
    configuration = fields["Configuration"]?.object ?? [:]
    configurationSource = fields["ConfigurationSource"]?.object ?? [:]
    self.secrets = secrets
    self.fields = fields
  }

  /// Whether its tokens come from an OAuth 2.0 provider.
  public var isOAuth: Bool { assemblyName.equalsIgnoringCase("MFiles.AuthenticationProviders.OAuth") }

  private static func isSecret(_ key: String) -> Bool {
    let key = key.lowercased()
    return key.contains("secret") || key.contains("password")
  }
}
