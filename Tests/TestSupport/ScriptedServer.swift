import Glibc
import Synchronization
import Testing

/// A web server on loopback that answers as a test says, lies included. One request for each connection.
package final class ScriptedServer: Sendable {
  /// A request as it came.
  package struct Request: Sendable {
    /// Method and path without the query, such as `GET /REST/session`; a `_method` in the query counts.
    package let name: String
    /// Request line and header fields.
    package let head: String
    /// The rest.
    package let body: String
  }

  /// What a request gets.
  package struct Answer: Sendable, CustomTestStringConvertible {
    enum Ending: Sendable { case close, goOn, wait }
    let bytes: [UInt8]
    let ending: Ending

    /// Some answers have a megabyte, which nobody wants in the output of the tests.
    package var testDescription: String { "\(bytes.count) bytes, then \(ending)" }

    /// These bytes, then the end of the connection.
    package static func bytes(_ bytes: [UInt8]) -> Answer { Answer(bytes: bytes, ending: .close) }

    /// These bytes, then more bytes until the client gives up.
    package static func endless(_ bytes: [UInt8]) -> Answer { Answer(bytes: bytes, ending: .goOn) }

    /// Nothing, until the client gives up.
    package static let silence = Answer(bytes: [], ending: .wait)

    /// A response of a status with a body of the kind.
    package static func page(
      _ body: String, status: Int = 200, type: String = "text/html", fields: [String] = []
    ) -> Answer {
      let head = [
        "HTTP/1.1 \(status) Scripted", "Content-Type: \(type)", "Content-Length: \(body.utf8.count)",
        "Connection: close",
      ]
      return .bytes(Array(((head + fields).joined(separator: "\r\n") + "\r\n\r\n" + body).utf8))
    }

    /// A response with a JSON body.
    package static func json(_ body: String, status: Int = 200) -> Answer {
      .page(body, status: status, type: "application/json")
    }
  }

  /// The address, without a slash at the end.
  package let url: String
  private let listener: Listener
  private let answered = Shared<[Request]>([])

  /// Listens on a free port.
  package init(_ answer: @escaping @Sendable (Request) -> Answer) throws {
    let listener = try Listener()
    self.listener = listener
    url = "http://127.0.0.1:\(listener.port)"
    startThread { [answered] in
      defer { listener.close() }
      while true {
        let connection = accept(listener.descriptor, nil, nil)
        guard connection >= 0 else { return }
        startThread { Self.serve(connection, answered, answer) }
      }
    }
  }

  deinit { listener.stop() }

  /// The requests so far.
  package var requests: [Request] { answered.value.withLock { $0 } }

  private static func serve(_ connection: Int32, _ log: Shared<[Request]>, _ answer: (Request) -> Answer) {
    defer { close(connection) }
    var limit = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    guard let request = Request(from: connection) else { return }
    log.value.withLock { $0.append(request) }
    let answer = answer(request)
    var isOpen = send(answer.bytes, to: connection)
    switch answer.ending {
    case .close: shutdown(connection, Int32(SHUT_WR))
    case .goOn: while isOpen { isOpen = send([UInt8](repeating: 0x78, count: 1 << 16), to: connection) }
    case .wait: _ = Request.receive(connection)
    }
  }

  /// False when the client has closed.
  private static func send(_ bytes: [UInt8], to connection: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}

extension ScriptedServer.Request {
  /// Reads one request; nil when the client closes before its end.
  init?(from connection: Int32) {
    var bytes: [UInt8] = []
    while true {
      let text = String(decoding: bytes, as: UTF8.self)
      if let end = text.firstRange(of: "\r\n\r\n"),
        text[end.upperBound...].utf8.count >= Self.contentLength(text[..<end.lowerBound])
      {
        self.init(head: String(text[..<end.lowerBound]), body: String(text[end.upperBound...]))
        return
      }
      let more = Self.receive(connection)
      guard !more.isEmpty else { return nil }
      bytes += more
    }
  }

  private init(head: String, body: String) {
    self.head = head
    self.body = body
    let words = head.prefix { $0 != "\r\n" }.split(separator: " ")
    let target = words.count > 1 ? words[1].split(separator: "?") : []
    let override = target.last?.split(separator: "&").first { $0.hasPrefix("_method=") }?.dropFirst(8)
    name = "\(override ?? words.first ?? "") \(target.first ?? "")"
  }

  static func receive(_ connection: Int32) -> [UInt8] {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let count = recv(connection, &chunk, chunk.count, 0)
    return count > 0 ? Array(chunk[..<count]) : []
  }

  private static func contentLength(_ head: Substring) -> Int {
    head.split(separator: "\r\n").compactMap { line in
      line.lowercased().hasPrefix("content-length:") ? Int(line.dropFirst(15).filter(\.isNumber)) : nil
    }.first ?? 0
  }
}
