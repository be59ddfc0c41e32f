import Glibc

/// A socket address.
struct Address {
  private var storage = sockaddr_storage()
  private let length: socklen_t
  let isLoopback: Bool

  var family: Int32 { Int32(storage.ss_family) }

  /// Reads a numeric address or `localhost`. No name is looked up.
  init(_ host: String, port: UInt16) throws(SandboxError) {
    let text = host == "localhost" ? "127.0.0.1" : host
    var (v4, v6) = (sockaddr_in(), sockaddr_in6())
    if unsafe inet_pton(AF_INET, text, &v4.sin_addr) == 1 {
      v4.sin_family = sa_family_t(AF_INET)
      v4.sin_port = port.bigEndian
      length = socklen_t(MemoryLayout<sockaddr_in>.size)
      isLoopback = UInt32(bigEndian: v4.sin_addr.s_addr) >> 24 == 127
      unsafe withUnsafeMutableBytes(of: &storage) { unsafe $0.storeBytes(of: v4, as: sockaddr_in.self) }
    } else if unsafe inet_pton(AF_INET6, text, &v6.sin6_addr) == 1 {
      v6.sin6_family = sa_family_t(AF_INET6)
      v6.sin6_port = port.bigEndian
      length = socklen_t(MemoryLayout<sockaddr_in6>.size)
      isLoopback = unsafe withUnsafeBytes(of: v6.sin6_addr) {
        unsafe $0.dropLast().allSatisfy { $0 == 0 } && $0.last == 1
      }
      unsafe withUnsafeMutableBytes(of: &storage) { unsafe $0.storeBytes(of: v6, as: sockaddr_in6.self) }
    } else {
      throw SandboxError(
        .configuration, "\"\(host)\" is no address; use localhost, 127.0.0.1 or another numeric one")
    }
  }

  func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
    unsafe withUnsafePointer(to: storage) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body($0, length) }
    }
  }
}
