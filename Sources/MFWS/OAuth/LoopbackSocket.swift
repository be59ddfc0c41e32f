import Glibc

/// A TCP socket that listens on a loopback address. MFWS has no web server; this takes in one request.
struct LoopbackSocket {
  let descriptor: Int32
  let port: UInt16

  enum Failure: Error {
    /// This machine has no such address.
    case noAddress
    case taken
    case other(Int32)
  }

  /// Listens on `127.x.y.z` or `::1`; port 0 is a free one.
  init(_ host: String, port: UInt16) throws(Failure) {
    let isV6 = host.contains(":")
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    descriptor = socket(isV6 ? AF_INET6 : AF_INET, kind, 0)
    guard descriptor >= 0 else { throw Self.failure(errno) }
    var on: Int32 = 1
    let size = socklen_t(MemoryLayout<Int32>.size)
    // Only for connections of the last sign-in that linger; two programs still cannot listen at once.
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, size)
    if isV6 { setsockopt(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &on, size) }
    let bound = isV6 ? Self.bindV6(descriptor, host, port) : Self.bindV4(descriptor, host, port)
    guard bound == 0, listen(descriptor, 32) == 0 else {
      let code = errno
      close(descriptor)
      throw Self.failure(code)
    }
    self.port = Self.boundPort(descriptor)
  }

  private static func bindV4(_ descriptor: Int32, _ host: String, _ port: UInt16) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    guard inet_pton(AF_INET, host, &address.sin_addr) == 1 else { return -1 }
    return bind(descriptor, &address)
  }

  private static func bindV6(_ descriptor: Int32, _ host: String, _ port: UInt16) -> Int32 {
    var address = sockaddr_in6()
    address.sin6_family = sa_family_t(AF_INET6)
    address.sin6_port = port.bigEndian
    guard inet_pton(AF_INET6, host, &address.sin6_addr) == 1 else { return -1 }
    return bind(descriptor, &address)
  }

  private static func bind<Address>(_ descriptor: Int32, _ address: inout Address) -> Int32 {
    withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.bind(descriptor, $0, socklen_t(MemoryLayout<Address>.size))
      }
    }
  }

  private static func boundPort(_ descriptor: Int32) -> UInt16 {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    _ = withUnsafeMutablePointer(to: &storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
    }
    // The port stands at the same place in IPv4 and IPv6 addresses.
    return UInt16(bigEndian: withUnsafeBytes(of: storage) { $0.load(fromByteOffset: 2, as: UInt16.self) })
  }

  private static func failure(_ code: Int32) -> Failure {
    switch code {
    case EADDRINUSE: .taken
    case EADDRNOTAVAIL, EAFNOSUPPORT: .noAddress
    default: .other(code)
    }
  }
}
