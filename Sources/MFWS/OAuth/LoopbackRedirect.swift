/// A redirect address on this machine: where the browser brings the code (RFC 8252, 7.3).
struct LoopbackRedirect: Sendable, Equatable {
  /// The numeric addresses that the host means: all of them are listened on, lest another program takes one.
  let hosts: [String]
  /// nil: any that is free.
  let port: Int?
  /// Begins with a slash.
  let path: String
  private let beforePort: String
  private let afterPort: String

  /// Reads a redirect address; nil when a browser does not come back to this program by it.
  init?(_ address: String) {
    guard let base = try? BaseURL(address), base.scheme == "http", base.isLoopback,
      let slashes = address.firstRange(of: "://"), !address.contains("#")
    else { return nil }
    let rest = address[slashes.upperBound...]
    let authority = rest.prefix { !"/?".contains($0) }
    beforePort = "http://\(base.host)"
    afterPort = String(rest.dropFirst(authority.count))
    // BaseURL leaves out the scheme's own port.
    port = base.port ?? (authority.hasSuffix(":80") ? 80 : nil)
    path = OAuthEndpoint.path(of: address)
    hosts =
      switch base.host {
      case "localhost": ["127.0.0.1", "::1"]
      case "[::1]": ["::1"]
      default: [base.host]
      }
  }

  /// The address for the provider.
  func address(port: UInt16) -> String { "\(beforePort):\(port)\(afterPort)" }
}
