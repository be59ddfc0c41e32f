import Glibc

/// A TCP socket that listens, with the errors of each step told apart.
struct ListeningSocket {
  let descriptor: Int32
  let port: UInt16

  private static let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)

  /// Listens on `host`, a numeric address or `localhost`; port 0 is a free one.
  init(host: String, port: UInt16) throws(SandboxError) {
    let address = try Address(host, port: port)
    let descriptor = socket(address.family, Self.kind, 0)
    guard descriptor >= 0 else { throw Self.failure(host, port, errno) }
    do throws(SandboxError) {
      try Self.listen(descriptor, address, host, port)
      self.port = try Self.boundPort(descriptor, host, port)
    } catch {
      close(descriptor)
      throw error
    }
    self.descriptor = descriptor
  }

  private static func listen(
    _ descriptor: Int32, _ address: Address, _ host: String, _ port: UInt16
  ) throws(SandboxError) {
    // Only for connections of the last run that linger; two programs still cannot listen at once.
    var on: Int32 = 1
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
    let bound = unsafe address.withPointer { unsafe bind(descriptor, $0, $1) }
    guard bound == 0, Glibc.listen(descriptor, 511) == 0 else { throw failure(host, port, errno) }
  }

  private static func boundPort(
    _ descriptor: Int32, _ host: String, _ port: UInt16
  ) throws(SandboxError) -> UInt16 {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let result = unsafe withUnsafeMutablePointer(to: &storage) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe getsockname(descriptor, $0, &length)
      }
    }
    guard result == 0 else { throw failure(host, port, errno) }
    // The port stands at the same place in IPv4 and IPv6 addresses.
    let stored = unsafe withUnsafeBytes(of: storage) { unsafe $0.load(fromByteOffset: 2, as: UInt16.self) }
    return UInt16(bigEndian: stored)
  }

  private static func errorText(_ code: Int32) -> String { unsafe String(cString: strerror(code)) }

  private static func failure(_ host: String, _ port: UInt16, _ code: Int32) -> SandboxError {
    switch code {
    case EADDRINUSE:
      SandboxError(
        .portTaken,
        "port \(port) on \(host) is taken; stop the program that uses it, or choose another port or 0")
    case EACCES:
      SandboxError(.listening, "port \(port) on \(host) needs privileges; choose one from 1024 on, or 0")
    case EADDRNOTAVAIL:
      SandboxError(.listening, "\(host) is no address of this machine; listen on 127.0.0.1")
    default:
      SandboxError(
        .listening, "cannot listen on \(host) port \(port): \(errorText(code)); listen on 127.0.0.1")
    }
  }
}
