import Glibc

/// `host:port:address`: the address to use in place of a name's. An address of IPv6 may stand in brackets.
struct ResolveEntry {
  /// The entry as libcurl's CURLOPT_CONNECT_TO takes it: host, port, and where to connect instead.
  let connection: String

  /// nil when `text` is no entry.
  init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, Self.isHost(parts[0]), let port = UInt16(parts[1]), port > 0 else { return nil }
    let isBracketed = parts[2].hasPrefix("[") && parts[2].hasSuffix("]") && parts[2].utf8.count > 2
    let address = String(isBracketed ? parts[2].dropFirst().dropLast() : parts[2])
    guard let shown = Self.literal(address, isBracketed: isBracketed) else { return nil }
    connection = "\(parts[0]):\(port):\(shown):\(port)"
  }

  private static func isHost(_ text: Substring) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
        default: false
        }
      }
  }

  private static func literal(_ address: String, isBracketed: Bool) -> String? {
    guard !address.utf8.contains(0) else { return nil }
    var four = in_addr()
    var six = in6_addr()
    if !isBracketed, unsafe inet_pton(AF_INET, address, &four) == 1 { return address }
    return unsafe inet_pton(AF_INET6, address, &six) == 1 ? "[\(address)]" : nil
  }
}
