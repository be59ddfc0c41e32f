import Glibc
import TestSupport

struct SupportFailure: Error {}

/// A TCP connection to a loopback port, for what no HTTP client does.
struct Connection {
  private let descriptor: Int32

  init(to port: UInt16) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let descriptor = descriptor
    let status = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else {
      Glibc.close(descriptor)
      throw SupportFailure()
    }
  }

  func send(_ text: String) {
    let bytes = Array(text.utf8)
    _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  /// All until the other side closes.
  func receiveAll() -> String {
    var all: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while case let count = recv(descriptor, &chunk, chunk.count, 0), count > 0 { all += chunk[..<count] }
    return String(decoding: all, as: UTF8.self)
  }

  func close() { Glibc.close(descriptor) }

  static var hasIPv6: Bool { access("/proc/net/if_inet6", F_OK) == 0 }
}

/// Waits until a condition holds. What waits without end would take a processor from the other tests.
func eventually(_ condition: () -> Bool) async throws {
  let deadline = ContinuousClock.now + .seconds(60)
  while !condition() {
    guard ContinuousClock.now < deadline else { throw SupportFailure() }
    try await Task.sleep(for: .milliseconds(5))
  }
}
