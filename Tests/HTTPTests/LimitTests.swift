import Glibc
import HTTP
import Testing

@Suite(.timeLimit(.minutes(30))) struct LimitTests {
  @Test func `a response that does not begin in time`() async throws {
    let server = try RawServer { connection in
      _ = connection.request()
      _ = connection.isClosed(within: 60)
    }
    let seconds = await secondsOf {
      #expect(
        await makeClient { $0.requestTimeout = 0.3 }.failure(HTTPRequest(url: server.url()))?.code == .timeout
      )
    }
    #expect((0.25..<50).contains(seconds))
  }

  @Test func `a slow drip does not get round the limit of the whole request`() async throws {
    let server = try RawServer { connection in
      _ = connection.request()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
      while connection.send("x") { usleep(20_000) }
    }
    let client = makeClient { $0.requestTimeout = 0.5 }
    #expect(await client.failure(HTTPRequest(url: server.url()))?.code == .timeout)
  }

  @Test func `a stall after the head ends before the whole limit`() async throws {
    let server = try RawServer { connection in
      _ = connection.request()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n1")
      _ = connection.isClosed(within: 60)
    }
    let seconds = await secondsOf {
      #expect(
        await makeClient { $0.stallTimeout = 1 }.failure(HTTPRequest(url: server.url()))?.code == .timeout)
    }
    #expect((0.9..<50).contains(seconds))
  }

  @Test func `a connection that is never made`() async throws {
    // The connection is made by the kernel; the handshake, which counts as connecting, is not answered.
    let server = try RawServer { connection in _ = connection.isClosed(within: 59) }
    let seconds = await secondsOf {
      let client = makeClient { $0.connectTimeout = 0.3 }
      #expect(await client.failure(HTTPRequest(url: server.url(scheme: "https")))?.code == .timeout)
    }
    #expect(seconds < 50)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, -1, 0, 1e300])
  func `odd limits do not crash`(seconds: Double) async throws {
    let server = try RawServer { connection in
      _ = connection.request()
      connection.answer()
    }
    let client = makeClient {
      $0.connectTimeout = seconds
      $0.requestTimeout = seconds
      $0.stallTimeout = seconds
    }
    let code = await client.failure(HTTPRequest(url: server.url()))?.code
    #expect(code == nil || code == .timeout)
  }

  @Test(arguments: [true, false])
  func `a body over the limit`(announced: Bool) async throws {
    let server = try RawServer { connection in
      _ = connection.request()
      connection.send("HTTP/1.1 200 OK\r\n\(announced ? "Content-Length: 100000000\r\n" : "")\r\n")
      while connection.send([UInt8](repeating: 0x78, count: 1 << 16)) {}
    }
    let error = await makeClient { $0.maximumBodySize = 1 << 20 }.failure(HTTPRequest(url: server.url()))
    #expect(error?.code == .tooLarge)
    #expect(error?.message == "the response is larger than 1048576 bytes")
  }

  @Test func `a body that is announced as too large is not waited for`() async throws {
    let server = try RawServer { connection in
      guard connection.request() != nil else { return }
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 67108865\r\n\r\n")
      // Not one byte of the body: only a client that goes by the announcement ends this.
      _ = connection.isClosed(within: 60)
    }
    let error = await makeClient().failure(HTTPRequest(url: server.url()))
    #expect(error?.code == .tooLarge)
    #expect(error?.message == "the response is larger than 67108864 bytes")
    #expect(await makeClient().failure(HTTPRequest(method: "HEAD", url: server.url())) == nil)
  }

  @Test func `a body of exactly the limit`() async throws {
    let server = try RawServer { connection in
      _ = connection.request()
      connection.answer(body: "1234567890")
    }
    #expect(try await makeClient { $0.maximumBodySize = 10 }.text(server.url()) == "1234567890")
  }

  @Test func `many header fields are kept, too many refused`() async throws {
    let server = try RawServer { connection in
      let request = connection.request() ?? ""
      let count = request.hasPrefix("GET /many") ? 1_000 : 100_000
      connection.answer(200, (0..<count).map { "X-Field-\($0): \(String(repeating: "v", count: 20))" })
    }
    let response = try await makeClient().send(HTTPRequest(url: server.url("/many")))
    #expect(response.headers["x-field-999"] == "vvvvvvvvvvvvvvvvvvvv")
    let error = await makeClient().failure(HTTPRequest(url: server.url("/toomany")))
    #expect(error?.code == .tooLarge, "\(error?.message ?? "")")
  }

  @Test func `one endless header field`() async throws {
    let server = try RawServer { connection in
      _ = connection.request()
      connection.send("HTTP/1.1 200 OK\r\nX-Long: ")
      while connection.send([UInt8](repeating: 0x78, count: 1 << 14)) {}
    }
    let error = await makeClient().failure(HTTPRequest(url: server.url()))
    #expect(error?.code == .tooLarge, "\(error?.message ?? "")")
  }
}
