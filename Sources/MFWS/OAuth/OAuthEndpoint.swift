/// An address of a sign-in provider.
public struct OAuthEndpoint: Sendable, Hashable, CustomStringConvertible {
  /// The address as it was given.
  public let address: String
  /// Its scheme, host and port.
  let base: BaseURL

  /// Reads an address.
  ///
  /// - Parameters:
  ///   - address: an absolute address, `https` or on this machine.
  ///   - name: how an error names it.
  /// - Throws: `server.bad_response` when it is no address, `client.insecure` when others could listen.
  public init(_ address: String, of name: String) throws(MFWSError) {
    guard address.contains("://"), !address.contains("#"), let base = try? BaseURL(address) else {
      throw MFWSError(.serverBadResponse, "\(name) is no address: \(address.printable.prefix(200))")
    }
    guard base.scheme == "https" || base.isLoopback else {
      throw MFWSError(
        .clientInsecure,
        "\(name) is not encrypted: \(base.origin); the sign-in provider has to be reached by https://")
    }
    self.address = address
    self.base = base
  }

  /// The path, beginning with a slash, without the query.
  var path: String { Self.path(of: address) }

  /// The address without its query.
  public var description: String { base.origin + path }

  /// Everything behind the host up to the query; `/` when there is nothing.
  static func path(of address: String) -> String {
    let rest = address.firstRange(of: "://").map { address[$0.upperBound...] } ?? address[...]
    guard let start = rest.firstIndex(where: { "/?#".contains($0) }), rest[start] == "/" else { return "/" }
    return String(rest[start...].prefix { $0 != "?" && $0 != "#" })
  }
}
