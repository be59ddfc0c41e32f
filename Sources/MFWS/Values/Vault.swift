public import HTTP

/// A vault, as the session and server resources list it (protocol: Vault).
public struct Vault: Sendable, Hashable, Decodable {
  /// The name, which need not be unique.
  public let name: String
  /// The GUID, unique.
  public let guid: GUID
  /// A token for this vault alone; a secret. Not every resource sends one.
  public let authentication: Secret?
  /// Every field that the server sent, but for `Authentication`.
  public let fields: [String: JSONValue]

  /// Reads a Vault object.
  public init(from decoder: any Decoder) throws {
    var fields = try [String: JSONValue](from: decoder)
    authentication = fields.removeValue(forKey: "Authentication")?.string.map(Secret.init)
    name = fields["Name"]?.string ?? ""
    guard let guid = fields["GUID"]?.string.flatMap({ GUID($0) }) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "a vault without a GUID"))
    }
    self.guid = guid
    self.fields = fields
  }
}
