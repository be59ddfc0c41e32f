public import HTTP

/// The resources of a server that need no login (protocol: "The server hierarchy").
public struct Server: Sendable {
  package let client: WebServiceClient

  /// The server at an address.
  ///
  /// - Parameters:
  ///   - url: what the user typed: `host`, `https://host/m-files`, …
  ///   - http: makes the requests.
  /// - Throws: `MFWSError` with `client.usage` when the address cannot be used.
  public init(_ url: String, http: HTTPClient = HTTPClient()) throws(MFWSError) {
    client = WebServiceClient(url: try BaseURL(url), http: http)
  }

  /// Whether the M-Files server behind the web service is up. Throws `server.busy` when it is not.
  public func status() async throws(MFWSError) -> ServerStatus {
    try Decoding.value(await answer("/server/status", .object), of: "GET /server/status")
  }

  /// The vaults that are online, as far as the server shows them to anybody.
  public func vaults() async throws(MFWSError) -> [Vault] {
    try Decoding.value(await answer("/server/vaults?online=true", .array), of: "GET /server/vaults")
  }

  /// The JSON text of a resource.
  package func answer(_ path: String, _ shape: ResourceRequest.Shape) async throws(MFWSError) -> [UInt8] {
    try await client.send(ResourceRequest("GET", path, answer: shape), cookies: nil, step: .server).body
  }
}
