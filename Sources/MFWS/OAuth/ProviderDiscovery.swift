import HTTP

/// Finds out where a provider gives device codes, which M-Files' configuration does not tell.
struct ProviderDiscovery: Sendable {
  let provider: Provider

  private static let requestLimit = 8

  /// nil when the provider offers no device codes, as far as can be seen.
  ///
  /// - Throws: `client.cancelled`.
  func deviceAuthorizationEndpoint() async throws(MFWSError) -> OAuthEndpoint? {
    let configuration = provider.configuration
    if let endpoint = configuration.deviceAuthorizationEndpoint { return endpoint }
    for address in Self.addresses(for: configuration).prefix(Self.requestLimit) {
      let metadata: JSONValue?
      do {
        metadata = try await provider.metadata(at: address)
      } catch {
        if error.code == .clientCancelled { throw error }
        continue
      }
      if let metadata { return endpoint(in: metadata) }
    }
    return nil
  }

  /// Where a provider's metadata may be (OpenID Connect Discovery, 4): below each folder of its endpoints, the nearest
  /// first. Microsoft's `/tenant/oauth2/v2.0/authorize` belongs to `/tenant/v2.0`.
  static func addresses(for configuration: OAuthConfiguration) -> [String] {
    var addresses: [String] = []
    for endpoint in [configuration.authorizationEndpoint, configuration.tokenEndpoint] {
      var folders = endpoint.path.split(separator: "/").dropLast().map { String($0) }
      if folders.suffix(2).first == "oauth2" {
        addresses.append(metadataAddress(endpoint, folders.dropLast(2) + folders.suffix(1)))
      }
      while true {
        addresses.append(metadataAddress(endpoint, folders))
        if folders.popLast() == nil { break }
      }
    }
    var seen: Set<String> = []
    return addresses.filter { seen.insert($0).inserted }
  }

  private static func metadataAddress(_ endpoint: OAuthEndpoint, _ folders: [String]) -> String {
    endpoint.base.origin + (folders + [".well-known", "openid-configuration"]).map { "/\($0)" }.joined()
  }

  /// Only where the provider is known to be: metadata found by guessing must not send the client's secret elsewhere.
  private func endpoint(in metadata: JSONValue) -> OAuthEndpoint? {
    let configuration = provider.configuration
    let known = [configuration.authorizationEndpoint, configuration.tokenEndpoint].map(\.base.origin)
    guard let address = metadata["device_authorization_endpoint"]?.string,
      let endpoint = try? OAuthEndpoint(address, of: "the provider's device_authorization_endpoint"),
      known.contains(endpoint.base.origin)
    else { return nil }
    return endpoint
  }
}
