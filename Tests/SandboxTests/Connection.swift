import Glibc

struct ConnectionError: Error {}

/// One HTTP connection, kept alive, over a plain socket.
final class Connection {
  private let descriptor: Int32

  init(to url: String) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = (url.split(separator: ":").last.flatMap { UInt16($0) } ?? 0).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    var patience = timeval(tv_sec: 50, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    // Throwing here runs the deinit, since all is initialized: closing as well would take another test's descriptor.
    guard result == 0 else { throw ConnectionError() }
  }

  deinit { close(descriptor) }

  /// Sends a request and reads the whole response, head and body.
  func exchange(_ line: String, header: String = "", body: String = "") -> String {
    let length = body.isEmpty ? "" : "Content-Length: \(body.utf8.count)\r\n"
    write("\(line) HTTP/1.1\r\nHost: localhost\r\n\(header)\(length)\r\n\(body)")
    var received: [UInt8] = []
    while !Self.isWhole(received) {
      var buffer = [UInt8](repeating: 0, count: 16_384)
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { break }
      received += buffer[..<count]
    }
    return String(decoding: received, as: UTF8.self)
  }

  /// How a connection went on.
  enum Ending { case closed, reset, silent }

  /// All that comes until the server ends the connection, or is silent for so many seconds.
  func receiveAll(patience seconds: Double = 50) -> (text: String, count: Int, ending: Ending) {
    var patience = timeval(tv_sec: Int(seconds), tv_usec: Int(seconds * 1e6) % 1_000_000)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var (start, total): ([UInt8], Int) = ([], 0)
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else {
        let ending: Ending = count == 0 ? .closed : errno == ECONNRESET ? .reset : .silent
        return (String(decoding: start, as: UTF8.self), total, ending)
      }
      if start.count < 1 << 16 { start += buffer[..<count] }
      total += count
    }
  }

  /// Whether bytes have come that nobody has read.
  var hasInput: Bool {
    var byte: UInt8 = 0
    return recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)) > 0
  }

  func ask(_ line: String) { write("\(line) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n") }

  func write(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  private static func isWhole(_ bytes: [UInt8]) -> Bool {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let end = text.firstRange(of: "\r\n\r\n"), let mark = text.firstRange(of: "Content-Length: ") else {
      return false
    }
    let length = Int(text[mark.upperBound...].prefix { $0.isNumber }) ?? 0
    return text[end.upperBound...].utf8.count >= length
  }
}
