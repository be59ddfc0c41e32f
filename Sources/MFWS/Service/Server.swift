import FoundationEssentials
public import HTTP

/// The resources of a server that need no login (protocol: "The server hierarchy").
public struct Server: Sendable {
  package let client: WebServiceClient

  /// The server at an address.
  ///
  /// - Parameters:
  ///   - url: what the user typed: `host`, `https://host/m-files`, …
  ///   - http: makes the requests.
  ///   - configuration: how resources are addressed, how often a request is repeated.
  ///   - presharedKey: the key that the server wants with each request.
  /// - Throws: `MFWSError` with `client.usage` when the address cannot be used.
  public init(
    _ url: String, http: HTTPClient = HTTPClient(), configuration: ClientConfiguration = .init(),
    presharedKey: Secret? = nil
  ) throws(MFWSError) {
    client = WebServiceClient(
      url: try BaseURL(url), http: http, configuration: configuration,
      commonFields: presharedKey.map { [.init("X-PresharedKey", $0)] } ?? [])
  }

  init(client: WebServiceClient) { self.client = client }

  /// Whether the M-Files server behind the web service is up. Throws `server.busy` when it is not.
  public func status() async throws(MFWSError) -> ServerStatus {
    let response = try await statusResponse()
    var status: ServerStatus = try Decoding.value(response.body, of: "GET /server/status")
    status.certificate = response.certificate
    return status
  }

  /// The status with the certificate of the web server.
  package func statusResponse() async throws(MFWSError) -> HTTPResponse {
    var request = ResourceRequest("GET", "/server/status", answer: .object)
    request.wantsCertificate = true
    return try await client.send(request, cookies: nil, step: .server)
  }

  /// The vaults that are online, as far as the server shows them to anybody.
  public func vaults() async throws(MFWSError) -> [Vault] {
    try await value("/server/vaults?online=true", .array)
  }

  /// What the server supports: about forty switches (protocol: ServerVaultCapabilities).
  public func capabilities() async throws(MFWSError) -> [String: JSONValue] {
    try await value("/server/capabilities", .object)
  }

  /// The server's RSA key.
  public func publicKey() async throws(MFWSError) -> ServerPublicKey {
    try await value("/server/publickey", .object)
  }

  /// The ways to authenticate that the server offers, or one of its vaults.
  public func authenticationProtocols(vault: GUID? = nil) async throws(MFWSError) -> [AuthenticationPlugin] {
    try await value(Self.protocolsPath(vault: vault), .array)
  }

  package static func protocolsPath(vault: GUID?) -> String {
    "/server/authenticationprotocols"
      + (vault.map { "?vault=\(PercentEncoding.encode($0.description))" } ?? "")
  }

  /// The GUID of a vault given in any spelling or by a name that one vault has; nil: the server shows none such.
  package func guid(of vault: String) async throws(MFWSError) -> GUID? {
    if let guid = GUID(vault) { return guid }
    let named = try await vaults().filter { $0.name == vault }
    return named.count == 1 ? named.first?.guid : nil
  }

  /// The JSON text of a resource.
  package func answer(_ path: String, _ shape: ResourceRequest.Shape) async throws(MFWSError) -> [UInt8] {
    try await client.send(ResourceRequest("GET", path, answer: shape), cookies: nil, step: .server).body
  }

  private func value<Value: Decodable>(
    _ path: String, _ shape: ResourceRequest.Shape
  ) async throws(MFWSError) -> Value {
    try Decoding.value(await answer(path, shape), of: "GET \(path.prefix { $0 != "?" })")
  }
}

/// A server's RSA key (protocol: `/server/publickey`).
public struct ServerPublicKey: Sendable, Hashable, Decodable {
  /// The public exponent, big-endian, in base64url.
  public let exponent: String
  /// The modulus, big-endian, in base64url.
  public let modulus: String

  private enum CodingKeys: String, CodingKey {
    case exponent = "Exponent"
    case modulus = "Modulus"
  }
}
