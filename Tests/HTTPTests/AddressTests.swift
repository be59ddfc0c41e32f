import Glibc
import HTTP
import Testing

@Suite(.timeLimit(.minutes(30))) struct AddressTests {
  private func makeServer(isIPv6: Bool = false) throws -> RawServer {
    try RawServer(isIPv6: isIPv6) { connection in
      while let request = connection.request() {
        let host = request.split(separator: "\r\n").first { $0.hasPrefix("Host: ") }
        connection.answer(body: String(host?.dropFirst(6) ?? ""))
      }
    }
  }

  @Test func `a name gets the address that was given for it`() async throws {
    let server = try makeServer()
    let (url, host) = ("http://mfiles.invalid:\(server.port)/", "mfiles.invalid:\(server.port)")
    let loop = EventLoop.onOwnThread()
    let client = makeClient(loop: loop) {
      $0.resolve = ["other.invalid:\(server.port):192.0.2.1", "\(host):127.0.0.1"]
    }
    #expect(try await client.text(url) == host)
    #expect(try await client.text(url) == host)
    #expect(server.connections == 1)
    // Neither the address nor the connection serves those who were told nothing.
    #expect(await makeClient(loop: loop).failure(HTTPRequest(url: url))?.code == .dns)
  }

  @Test(arguments: ["::1", "[::1]"]) func `an address of IPv6 for a name`(address: String) async throws {
    let server = try makeServer(isIPv6: true)
    let client = makeClient { $0.resolve = ["six.invalid:\(server.port):\(address)"] }
    let url = "http://six.invalid:\(server.port)/"
    #expect(try await client.text(url) == "six.invalid:\(server.port)")
  }

  @Test(arguments: [
    "", "host", "host:80", "host:0:127.0.0.1", "host:99999:127.0.0.1", "host:http:127.0.0.1", ":80:127.0.0.1",
    "host:80:", "host:80:name.example", "host:80:127.0.0.1,127.0.0.2", "host:80:[127.0.0.1]",
    "host:80:127.0.0.1:1", "-host:80", "ho st:80:127.0.0.1", "host:80:127.0.0.1\u{0}",
  ])
  func `an entry that is none is named`(entry: String) async throws {
    let client = makeClient { $0.resolve = ["fine.invalid:80:127.0.0.1", entry] }
    let error = await client.failure(HTTPRequest(url: "http://127.0.0.1:1/"))
    #expect(error?.code == .failed)
    let shown = entry.replacing("\u{0}", with: "\u{FFFD}")
    #expect(error?.message == "\"\(shown)\" cannot be resolved to: write host:port:address")
  }

  @Test func `literal addresses of IPv6`() async throws {
    let server = try makeServer(isIPv6: true)
    #expect(try await makeClient().text("http://[::1]:\(server.port)/") == "[::1]:\(server.port)")
  }

  @Test(.enabled(if: linkLocalAddress != nil, "needs an interface with a link-local address of IPv6"))
  func `addresses with a scope`() async throws {
    let server = try makeServer(isIPv6: true)
    let (address, interface) = try #require(linkLocalAddress)
    let text = try await makeClient().text("http://[\(address)%25\(interface)]:\(server.port)/")
    #expect(text == "[\(address)]:\(server.port)")
    await #expect(throws: HTTPError.self) {
      try await makeClient { $0.connectTimeout = 2 }.text("http://[\(address)%25none]:\(server.port)/")
    }
  }
}

/// An address of this computer that is valid on one interface only.
private let linkLocalAddress: (address: String, interface: String)? = {
  var first: UnsafeMutablePointer<ifaddrs>?
  guard getifaddrs(&first) == 0 else { return nil }
  defer { freeifaddrs(first) }
  var next = first
  while let entry = next {
    next = entry.pointee.ifa_next
    guard let address = entry.pointee.ifa_addr, address.pointee.sa_family == AF_INET6 else { continue }
    var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let size = socklen_t(MemoryLayout<sockaddr_in6>.size)
    guard getnameinfo(address, size, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0 else {
      continue
    }
    let shown = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let parts = shown.split(separator: "%")
    if parts.count == 2, parts[0].hasPrefix("fe80:") { return (String(parts[0]), String(parts[1])) }
  }
  return nil
}()
