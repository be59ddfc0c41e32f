/// Where to look for a web service, from what somebody typed: a host, an address with a port or a folder, the address
/// of a page in the browser.
package struct DiagnosisTarget: Sendable, Hashable {
  package var scheme: String
  package let host: String
  /// The port when it is not the scheme's own.
  package let port: Int?
  /// Whether a port was given, the scheme's own included.
  package let hasPort: Bool
  /// Whether the scheme was left out.
  package let assumesScheme: Bool
  /// The folders to look in, the likeliest first: as typed, those above it, the usual ones.
  package var folders: [String]

  /// Where installations put the web service.
  private static let usualFolders = ["", "/m-files"]
  private static let folderLimit = 5

  /// - Throws: `client.usage` when no address can be read from the text.
  package init(_ text: String) throws(MFWSError) {
    let typed = try BaseURL(text)
    scheme = typed.scheme
    host = typed.host
    port = typed.port
    assumesScheme = !text.contains("://")
    let authority = text.split(separator: "/").dropFirst(assumesScheme ? 0 : 1).first ?? ""
    hasPort = typed.port != nil || (authority.hasSuffix(":443") || authority.hasSuffix(":80"))
    folders = Self.unique(Self.parents(of: Self.folder(of: typed.path)) + Self.usualFolders)
  }

  /// `scheme://host:port`.
  package var origin: String { Self.origin(scheme, host, port) }
  /// The address of the folder that was typed.
  package var front: String { "\(origin)\(folders.first ?? "")/" }
  /// The port that is connected to.
  package var effectivePort: Int { port ?? (scheme == "http" ? 80 : 443) }
  package var isTLS: Bool { scheme == "https" }
  package var otherScheme: String { isTLS ? "http" : "https" }

  static func origin(_ scheme: String, _ host: String, _ port: Int?) -> String {
    "\(scheme)://\(host)\(port.map { ":\($0)" } ?? "")"
  }

  /// The web service in a folder; nil when the folder came from a server and makes no address.
  package func base(_ folder: String) -> BaseURL? { try? BaseURL(origin + folder) }

  /// Looks where a redirection led to as well, and there first.
  mutating func add(folder: String) {
    folders = Array(Self.unique(Self.parents(of: folder).prefix(2) + folders).prefix(Self.folderLimit))
  }

  /// Without the page at its end, and without `/REST` and what follows it.
  static func folder(of path: some StringProtocol) -> String {
    var parts = path.prefix { $0 != "?" && $0 != "#" }.split(separator: "/")
    if let rest = parts.firstIndex(where: { $0.lowercased() == "rest" }) { parts = Array(parts[..<rest]) }
    if let last = parts.last, last.contains(".") { parts.removeLast() }
    return parts.map { "/\($0)" }.joined()
  }

  private static func parents(of folder: String) -> [String] {
    let parts = folder.split(separator: "/")
    return (0...parts.count).reversed().prefix(3).map { count in
      parts.prefix(count).map { "/\($0)" }.joined()
    }
  }

  private static func unique(_ list: [String]) -> [String] {
    list.reduce(into: []) { result, entry in
      if !result.contains(where: { $0.equalsIgnoringCase(entry) }) { result.append(entry) }
    }
  }
}
