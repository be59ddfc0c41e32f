/// A way to authenticate that a server or vault offers (protocol: PluginInfoConfiguration).
public struct AuthenticationPlugin: Sendable, Hashable, Decodable {
  /// The name that `X-AuthConfig` takes.
  public let name: String
  /// Whether clients should offer it first.
  public let isDefault: Bool
  /// The .NET assembly behind it; empty for the server's own accounts.
  public let assemblyName: String
  /// The class in the assembly.
  public let bridgeClassName: String
  /// Whether it knows people without a vault, too.
  public let isScopeIndependent: Bool
  /// What it speaks.
  public let protocolName: String
  /// Its settings for clients.
  public let configuration: [String: JSONValue]
  /// Where the settings come from.
  public let configurationSource: [String: JSONValue]
  /// Every field that the server sent.
  public let fields: [String: JSONValue]

  /// Reads a PluginInfoConfiguration object. Missing fields are empty or false.
  public init(from decoder: any Decoder) throws {
    let fields = try [String: JSONValue](from: decoder)
    self.fields = fields
    name = fields["Name"]?.string ?? ""
    isDefault = fields["IsDefault"]?.bool ?? false
    assemblyName = fields["AssemblyName"]?.string ?? ""
    bridgeClassName = fields["BridgeClassName"]?.string ?? ""
    isScopeIndependent = fields["IsScopeIndependent"]?.bool ?? false
    protocolName = fields["Protocol"]?.string ?? ""
    configuration = fields["Configuration"]?.object ?? [:]
    configurationSource = fields["ConfigurationSource"]?.object ?? [:]
  }

  /// Whether it is OAuth (protocol: "Ways to authenticate a request").
  public var isOAuth: Bool { assemblyName == "MFiles.AuthenticationProviders.OAuth" }
}
