/// The address of a web service, from whatever the user typed: `host`, `https://host`, `https://host/m-files`,
/// `https://host/m-files/REST/` (protocol: "Where it lives").
public struct BaseURL: Sendable, Hashable, CustomStringConvertible {
  /// `http` or `https`.
  public let scheme: String
  /// The host in lower case, an IPv6 address in brackets.
  public let host: String
  /// The port when one was given that is not the scheme's own.
  public let port: Int?
  /// The path in front of `/REST`, without a slash at its end.
  public let path: String
  /// The root of the resources.
  public let rest: String
  /// How paths are written, when the address shows it: `…/REST/session.aspx`, `…/MFWS.ashx`.
  public let paths: ResourceStyle.Paths?

  /// Reads an address. Without a scheme it is `https`, but `http` for this machine itself.
  ///
  /// - Throws: `MFWSError` with `client.usage`, which says what is wrong with the text.
  public init(_ text: String) throws(MFWSError) {
    var rest = Substring(text)
    while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
    while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
    var scheme: String?
    if let range = rest.firstRange(of: "://") {
      scheme = rest[..<range.lowerBound].lowercased()
      rest = rest[range.upperBound...]
    }
    if let end = rest.firstIndex(where: { $0 == "?" || $0 == "#" }) { rest = rest[..<end] }
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    let authority = try Authority(rest[..<slash])
    host = authority.host
    self.scheme = scheme ?? (Self.isLoopback(host) ? "http" : "https")
    guard self.scheme == "http" || self.scheme == "https" else {
      throw .usage("an M-Files address begins with https:// or http://, not \(self.scheme.prefix(20))://")
    }
    port = authority.port == (self.scheme == "http" ? 80 : 443) ? nil : authority.port
    (path, paths) = try Self.path(rest[slash...])
    self.rest = Self.origin(self.scheme, host, port) + path + "/REST"
  }

  private struct Authority {
    let host: String
    let port: Int?

    init(_ text: Substring) throws(MFWSError) {
      guard !text.contains("@") else {
        throw .usage("an address must not hold a user or password: give them as options or arguments")
      }
      var name = text
      var portText: Substring?
      let searchStart = text.lastIndex(of: "]") ?? text.startIndex
      if let colon = text[searchStart...].lastIndex(of: ":") {
        name = text[..<colon]
        portText = text[text.index(after: colon)...]
      }
      guard !name.isEmpty, name.utf8.allSatisfy(Self.isHostByte) else {
        throw .usage("the address has no host that can be used: write it like https://mfiles.example.com")
      }
      let port = portText.map { Int($0) ?? 0 }
      guard port.map({ (1...65535).contains($0) }) ?? true else {
        throw .usage("the port in the address must be a number from 1 to 65535")
      }
      host = name.lowercased()
      self.port = port
    }

    /// Letters, digits, `-._:[]%`, and whatever is not ASCII (international names).
    private static func isHostByte(_ byte: UInt8) -> Bool {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...0xFF: true
      default: "-._:[]%".utf8.contains(byte)
      }
    }
  }

  private static func path(_ text: Substring) throws(MFWSError) -> (String, ResourceStyle.Paths?) {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
      throw .usage("the path of the address has a blank or control character: write it percent-encoded")
    }
    var parts = text.split(separator: "/")
    let paths = takePage(&parts)
    if parts.last?.lowercased() == "rest" { parts.removeLast() }
    return (parts.map { "/\($0)" }.joined(), paths)
  }

  /// Takes the page off an address that was copied from a browser or a script.
  private static func takePage(_ parts: inout [Substring]) -> ResourceStyle.Paths? {
    guard let page = parts.last?.lowercased() else { return nil }
    if page == "mfws.ashx" {
      parts.removeLast()
      return .ashx
    }
    guard page.hasSuffix(".aspx") else { return nil }
    parts.removeLast()
    guard let rest = parts.lastIndex(where: { $0.lowercased() == "rest" }) else { return nil }
    parts.removeSubrange(parts.index(after: rest)...)
    return .aspx
  }

  /// The address of a resource.
  ///
  /// - Parameter resource: below `/REST`, with a slash in front and perhaps a query.
  package func resource(_ resource: String, _ style: ResourceStyle) -> String {
    let end = resource.utf8.firstIndex(of: UInt8(ascii: "?")) ?? resource.endIndex
    let (path, query) = (resource[..<end], resource[end...])
    switch style.paths ?? paths ?? .plain {
    case .plain: return rest + resource
    case .aspx: return "\(rest)\(path).aspx\(query)"
    case .ashx:
      // As a value of the query: an & in the path must not begin another one.
      let inner = path.split(separator: "/").map { PercentEncoding.encode(String($0)) }.joined(separator: "/")
      return "\(rest)/MFWS.ashx?restPath=\(inner)\(query.isEmpty ? "" : "&" + query.dropFirst())"
    }
  }

  /// The page of Windows single sign-on, which lies above `/REST` (protocol: "The server hierarchy").
  package var singleSignOn: String { "\(self)/WebServiceSSO.aspx" }

  /// Whether a host is this machine itself.
  private static func isLoopback(_ host: String) -> Bool {
    let octets = host.split(separator: ".", omittingEmptySubsequences: false)
    let isV4 = octets.count == 4 && octets[0] == "127" && octets.allSatisfy { UInt8($0) != nil }
    return host == "localhost" || host == "[::1]" || isV4
  }

  /// Whether the web service is on this machine.
  public var isLoopback: Bool { Self.isLoopback(host) }
  /// `scheme://host:port`.
  public var origin: String { Self.origin(scheme, host, port) }

  private static func origin(_ scheme: String, _ host: String, _ port: Int?) -> String {
    "\(scheme)://\(host)\(port.map { ":\($0)" } ?? "")"
  }

  /// The address in front of `/REST`.
  public var description: String { origin + path }
}
