import Glibc

/// Which proxy libcurl takes for an address, and why.
package struct ProxyChoice: Sendable, Hashable {
  /// The proxy's address without user and password; nil: the server is reached directly.
  package var address: String?
  /// Who says so: `--proxy`, or a variable of the environment.
  package var source: String?
  /// The rule that keeps the address from a proxy which is set.
  package var exception: String?

  package init(address: String? = nil, source: String? = nil, exception: String? = nil) {
    self.address = address.map(Self.withoutUser)
    self.source = source
    self.exception = exception
  }

  /// As libcurl decides.
  ///
  /// - Parameters:
  ///   - scheme: `http` or `https`.
  ///   - host: of the server, an IPv6 address with or without brackets.
  ///   - environment: gives the value of a variable.
  package init(
    scheme: String, host: String, _ configuration: HTTPConfiguration,
    environment: (String) -> String? = Self.variable
  ) {
    guard let (address, source) = Self.proxy(scheme, configuration, environment) else {
      self.init()
      return
    }
    let bypass = Self.bypass(configuration, environment)
    let rule = bypass.flatMap { Self.rule(in: $0.list, for: host) }
    guard let rule, let bypass else {
      self.init(address: address, source: source)
      return
    }
    self.init(source: source, exception: "\(bypass.source) has \(rule)")
  }

  private static func proxy(
    _ scheme: String, _ configuration: HTTPConfiguration, _ environment: (String) -> String?
  ) -> (String, String)? {
    if let proxy = configuration.proxy { return proxy.isEmpty ? nil : (proxy, "the settings") }
    // HTTP_PROXY in capitals could come from a request's header in a CGI program: libcurl does not read it.
    let names = scheme == "http" ? ["http_proxy"] : ["https_proxy", "HTTPS_PROXY"]
    for name in names + ["all_proxy", "ALL_PROXY"] {
      if let value = environment(name) { return (value, name) }
    }
    return nil
  }

  private static func bypass(
    _ configuration: HTTPConfiguration, _ environment: (String) -> String?
  ) -> (list: String, source: String)? {
    if let list = configuration.noProxy { return (list, "the settings' no_proxy") }
    for name in ["no_proxy", "NO_PROXY"] { if let list = environment(name) { return (list, name) } }
    return nil
  }

  /// The entry that a host falls under: `*`, its name, or a domain that it is in.
  private static func rule(in list: String, for host: String) -> String? {
    let host = host.drop { $0 == "[" }.prefix { $0 != "]" }
    return list.split { $0 == "," || $0 == " " }.map { $0.lowercased() }.first { entry in
      let name = entry.drop { $0 == "." || $0 == "[" }.prefix { $0 != "]" }
      return entry == "*" || host == name || (!name.isEmpty && host.hasSuffix(".\(name)"))
    }
  }

  private static func withoutUser(_ address: String) -> String {
    guard let at = address.lastIndex(of: "@") else { return address }
    let scheme = address.firstRange(of: "://").map { address[..<$0.upperBound] } ?? ""
    return "\(scheme)\(address[address.index(after: at)...])"
  }

  /// The process's own environment; empty counts as unset.
  package static func variable(_ name: String) -> String? {
    guard let text = unsafe getenv(name) else { return nil }
    let value = unsafe String(cString: text)
    return value.isEmpty ? nil : value
  }

  /// For a request to a URL.
  init(url: String, _ configuration: HTTPConfiguration) {
    let scheme = url.hasPrefixIgnoringCase("https:") ? "https" : "http"
    let authority = url.drop { $0 != "/" }.drop { $0 == "/" }.prefix { !"/?#\\".contains($0) }
    let place = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? authority
    let end = place.hasPrefix("[") ? place.firstIndex(of: "]") : place.firstIndex(of: ":")
    self.init(scheme: scheme, host: place[..<(end ?? place.endIndex)].lowercased(), configuration)
  }
}
