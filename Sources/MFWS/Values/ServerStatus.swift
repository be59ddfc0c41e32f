public import HTTP

/// Whether the M-Files server behind the web service is up (protocol: `/server/status`).
public struct ServerStatus: Sendable, Hashable, Decodable {
  /// Whether the web service reaches the server.
  public let isSuccessful: Bool
  /// The server's words.
  public let message: String

  /// The certificate of the web server; nil without TLS.
  public var certificate: ServerCertificate?

  private enum CodingKeys: String, CodingKey {
    case isSuccessful = "Successful"
    case message = "Message"
  }

  /// Reads a status object; a missing message is empty.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    isSuccessful = try container.decode(Bool.self, forKey: .isSuccessful)
    message = try container.decodeIfPresent(String.self, forKey: .message) ?? ""
  }
}
