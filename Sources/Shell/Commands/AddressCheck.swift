import MFWS

/// What must be known about an address before it may be shown anywhere.
enum AddressCheck {
  /// Whether `user:password@` stands before the host.
  static func holdsPassword(_ address: String) -> Bool {
    let authority = authority(of: address)
    guard let at = authority.lastIndex(of: "@") else { return false }
    return authority[..<at].contains(":")
  }

  /// Whether the part after `://` is a host with at most a port. A password with a slash in it fails here.
  static func isServer(_ address: String) -> Bool {
    guard ["http://", "https://"].contains(where: address.lowercased().hasPrefix) else { return false }
    let authority = authority(of: address)
    let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
    let (name, port) = splitPort(host)
    return !name.isEmpty && port.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  /// Whether it is that, or such a host without a scheme, which the option for the server takes as the settings do.
  static func isServerOrHost(_ address: String) -> Bool {
    if address.contains("://") { return isServer(address) }
    return isServer("https://" + address) && (try? BaseURL(address)) != nil
  }

  private static func authority(of address: String) -> Substring {
    let start = address.firstRange(of: "://")?.upperBound ?? address.startIndex
    return address[start...].prefix { !"/?#\\".contains($0) }
  }

  private static func splitPort(_ host: Substring) -> (name: Substring, port: Substring) {
    let bracket = host.lastIndex(of: "]") ?? host.startIndex
    guard let colon = host[bracket...].firstIndex(of: ":") else { return (host, "") }
    return (host[..<colon], host[host.index(after: colon)...])
  }
}
