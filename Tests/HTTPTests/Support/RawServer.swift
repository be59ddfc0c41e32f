import Glibc
import HTTP

/// A server on loopback that does to each connection what a script says, byte by byte.
final class RawServer: Sendable {
  let port: UInt16
  private let listener: Int32
  private let count = Locked(0)

  /// - Parameters:
  ///   - isIPv6: listens at every address of IPv6 instead of 127.0.0.1.
  ///   - script: runs on a thread of its own for each connection, which is closed when it returns.
  init(isIPv6: Bool = false, _ script: @escaping @Sendable (RawConnection) -> Void) throws {
    let found = isIPv6 ? listen(on: sockaddr_in6(), AF_INET6) : listen(on: loopback(), AF_INET)
    guard let (listener, port) = found else { throw HTTPError(.connect, "no listening socket") }
    self.listener = listener
    self.port = port
    startThread { [count] in
      while true {
        let descriptor = accept(listener, nil, nil)
        guard descriptor >= 0 else {
          // Here and not in `deinit`: the number could be another server's before this thread asks again.
          close(listener)
          return
        }
        // A program that another test starts would hold the connection open.
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        let number = count.withLock { count in
          count += 1
          return count
        }
        startThread { script(RawConnection(descriptor, number)) }
      }
    }
  }

  deinit {
    // Ends the accept.
    shutdown(listener, Int32(SHUT_RDWR))
  }

  /// How many connections were accepted.
  var connections: Int { count.withLock { $0 } }

  func url(_ path: String = "/", scheme: String = "http") -> String { "\(scheme)://127.0.0.1:\(port)\(path)" }
}

/// One connection of a `RawServer`.
final class RawConnection: Sendable {
  /// 1 for the first connection of the server.
  let number: Int
  private let descriptor: Int32
  private let unread = Locked<[UInt8]>([])

  init(_ descriptor: Int32, _ number: Int) {
    self.descriptor = descriptor
    self.number = number
    // Longer than a busy machine lets a client wait for its turn.
    var limit = timeval(tv_sec: 110, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close(descriptor) }

  /// The next request, head and body; nil when the client closed.
  func request() -> String? {
    unread.withLock { bytes in
      while true {
        let text = String(decoding: bytes, as: UTF8.self)
        if let end = text.firstRange(of: "\r\n\r\n") {
          let headSize = text[..<end.upperBound].utf8.count
          let size = headSize + contentLength(text[..<end.lowerBound])
          if bytes.count >= size {
            defer { bytes.removeFirst(size) }
            return String(decoding: bytes[..<size], as: UTF8.self)
          }
        }
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(descriptor, &chunk, chunk.count, 0)
        guard count > 0 else { return nil }
        bytes += chunk[..<count]
      }
    }
  }

  /// The next request, or nil when something else begins the connection, such as TLS.
  func request(orBytes count: Int) -> String? {
    var bytes = [UInt8](repeating: 0, count: count)
    guard recv(descriptor, &bytes, count, Int32(MSG_PEEK) | Int32(MSG_WAITALL)) == count,
      bytes.allSatisfy({ (0x41...0x5A).contains($0) })
    else { return nil }
    return request()
  }

  /// Sends bytes; false when the client closed.
  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  @discardableResult
  func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  /// Sends a whole response.
  @discardableResult
  func answer(_ status: Int = 200, _ fields: [String] = [], body: String = "") -> Bool {
    let head = ["HTTP/1.1 \(status) Scripted", "Content-Length: \(body.utf8.count)"] + fields
    return send(head.joined(separator: "\r\n") + "\r\n\r\n" + body)
  }

  /// Waits until the client closes; false when it did not within the seconds.
  func isClosed(within seconds: Int) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let start = Clock.now
    while Clock.now - start < Double(seconds) {
      var byte: UInt8 = 0
      if poll(&entry, 1, 100) > 0, recv(descriptor, &byte, 1, 0) <= 0 { return true }
    }
    return false
  }

  private func contentLength(_ head: Substring) -> Int {
    head.split(separator: "\r\n").compactMap { line in
      line.lowercased().hasPrefix("content-length:") ? Int(line.dropFirst(15).filter { $0.isNumber }) : nil
    }.first ?? 0
  }
}

private func loopback() -> sockaddr_in {
  var address = sockaddr_in()
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  return address
}

/// A socket that listens on a free port; addresses of both families have the port at the same place.
private func listen<Address>(on address: Address, _ family: Int32) -> (descriptor: Int32, port: UInt16)? {
  let descriptor = socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
  var address = address
  var size = socklen_t(MemoryLayout<Address>.size)
  return withUnsafeMutableBytes(of: &address) { bytes in
    guard let start = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return nil }
    start.pointee.sa_family = sa_family_t(family)
    let isListening =
      bind(descriptor, start, size) == 0 && listen(descriptor, 64) == 0
      && getsockname(descriptor, start, &size) == 0
    return isListening ? (descriptor, UInt16(bytes[2]) << 8 | UInt16(bytes[3])) : nil
  }
}

/// Runs `body` on a new thread.
func startThread(_ body: @escaping @Sendable () -> Void) {
  final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  var thread = pthread_t()
  let context = Unmanaged.passRetained(Box(body)).toOpaque()
  pthread_create(
    &thread, nil,
    { context in
      if let context { Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body() }
      return nil
    }, context)
  pthread_detach(thread)
}
