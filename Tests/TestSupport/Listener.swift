import Glibc
import Synchronization

/// A listening socket on a free loopback port.
package struct Listener: Sendable {
  let descriptor: Int32
  /// Its port.
  package let port: UInt16

  /// Listens.
  package init() throws {
    (descriptor, port) = try boundSocket()
    guard listen(descriptor, 64) == 0 else { throw SupportError("no listening socket") }
  }

  /// Ends an `accept` that waits, and those to come. Whoever accepts then closes: a number that is closed under another
  /// thread's feet may be somebody else's socket when that thread uses it.
  func stop() { shutdown(descriptor, Int32(SHUT_RDWR)) }

  /// Gives the port back.
  package func close() {
    shutdown(descriptor, Int32(SHUT_RDWR))
    _ = Glibc.close(descriptor)
  }
}

/// Does something with a loopback port where nobody listens, and where nobody else can begin to meanwhile.
package func withDeadPort<Result>(_ body: (UInt16) throws -> Result) throws -> Result {
  let (descriptor, port) = try boundSocket()
  defer { close(descriptor) }
  return try body(port)
}

/// A socket with a free loopback port of its own.
private func boundSocket() throws -> (descriptor: Int32, port: UInt16) {
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  var size = socklen_t(MemoryLayout<sockaddr_in>.size)
  let isBound = withUnsafeMutablePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
    }
  }
  guard isBound else { throw SupportError("no free port") }
  return (descriptor, UInt16(bigEndian: address.sin_port))
}

extension Listener {
  /// A port that nobody has just now, for programs that have to be told one.
  package static func freePort() throws -> UInt16 {
    let listener = try Listener()
    defer { listener.close() }
    return listener.port
  }
}

/// A value that several threads share.
final class Shared<Value: Sendable>: Sendable {
  let value: Mutex<Value>
  init(_ value: Value) { self.value = Mutex(value) }
}

/// Runs `body` on a new thread.
package func startThread(_ body: @escaping @Sendable () -> Void) {
  var thread = pthread_t()
  let context = Unmanaged.passRetained(Shared(body)).toOpaque()
  pthread_create(
    &thread, nil,
    { context in
      guard let context else { return nil }
      Unmanaged<Shared<@Sendable () -> Void>>.fromOpaque(context).takeRetainedValue().value.withLock { $0 }()
      return nil
    }, context)
  pthread_detach(thread)
}
