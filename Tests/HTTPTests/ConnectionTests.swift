import Glibc
import HTTP
import Testing

@Suite(.timeLimit(.minutes(30))) struct ConnectionTests {
  @Test func `requests one after the other share a connection`() async throws {
    let server = try RawServer { connection in
      while connection.request() != nil { connection.answer(body: "\(connection.number)") }
    }
    let client = makeClient(loop: .onOwnThread())
    for _ in 0..<5 { #expect(try await client.text(server.url()) == "1") }
    #expect(server.connections == 1)
  }

  @Test func `a hundred at a time all get their own answer`() async throws {
    let server = try RawServer { connection in
      while let request = connection.request() {
        connection.answer(body: String(request.split(separator: " ")[1]))
      }
    }
    let client = makeClient()
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<100 {
        group.addTask { try await client.text(server.url("/\(number)")) == "/\(number)" }
      }
      for try await isRight in group { #expect(isRight) }
    }
    #expect(server.connections <= 100)
  }

  @Test func `a body is sent as it is`() async throws {
    let notes = Notes()
    let server = try RawServer { connection in
      while let request = connection.request() {
        notes.add(request)
        connection.answer()
      }
    }
    let client = makeClient()
    let long = String(repeating: "0123456789abcdef", count: 1 << 16)
    for body in ["{\"a\":1}", "", long] {
      _ = try await client.send(HTTPRequest(method: "POST", url: server.url(), body: Secret(body)))
    }
    _ = try await client.send(HTTPRequest(method: "POST", url: server.url()))
    #expect(
      notes.all.map { String($0.split(separator: "\r\n\r\n").dropFirst().first ?? "") } == [
        "{\"a\":1}", "", long, "",
      ])
    // Not "application/x-www-form-urlencoded", which libcurl would add.
    #expect(!notes.all.contains { $0.lowercased().contains("content-type") || $0.contains("Expect") })
  }

  @Test func `the body's memory lives as long as libcurl sends from it`() async throws {
    let server = try RawServer { connection in
      // Not reading at first fills the socket, so that most is sent after the caller is done with its copy.
      usleep(200_000)
      let request = connection.request() ?? ""
      connection.answer(body: "\(request.utf8.filter { $0 == 0x61 }.count)")
    }
    let client = makeClient()
    let response = try await client.send(
      HTTPRequest(
        method: "PUT", url: server.url("/"), body: Secret(bytes: Array(repeating: 0x61, count: 20 << 20))))
    #expect(Int(String(decoding: response.body, as: UTF8.self)) ?? 0 >= 20 << 20)
  }

  @Test func `the interim response and its fields are not the response`() async throws {
    let server = try RawServer { connection in
      _ = connection.request()
      connection.send("HTTP/1.1 100 Continue\r\nX-Interim: yes\r\n\r\n")
      connection.answer(201, ["X-Final: yes"], body: "made")
    }
    let response = try await makeClient().send(
      HTTPRequest(method: "POST", url: server.url(), body: Secret("x")))
    #expect(response.status == 201)
    #expect(response.headers["X-Final"] == "yes")
    #expect(response.headers["X-Interim"] == nil)
  }

  @Test func `redirects are not followed`() async throws {
    let other = try RawServer { connection in
      _ = connection.request()
      connection.answer(body: "other")
    }
    let target = other.url("/elsewhere")
    let server = try RawServer { connection in
      _ = connection.request()
      connection.answer(302, ["Location: \(target)"])
    }
    let response = try await makeClient().send(HTTPRequest(url: server.url()))
    #expect(response.status == 302)
    #expect(response.headers["location"] == target)
    #expect(other.connections == 0)
  }

  @Test func `HEAD has no body and does not wait for one`() async throws {
    let server = try RawServer { connection in
      _ = connection.request()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
      _ = connection.isClosed(within: 60)
    }
    let response = try await makeClient { $0.requestTimeout = 50 }.send(
      HTTPRequest(method: "HEAD", url: server.url()))
    #expect(response.headers["Content-Length"] == "1000")
    #expect(response.body.isEmpty)
  }

  @Test(arguments: ["GET", "POST"], [false, true])
  func `a kept connection that the server has closed in between is no failure`(
    method: String, closesLate: Bool
  ) async throws {
    let notes = Notes()
    let server = try RawServer { connection in
      while let request = connection.request() {
        // Of the first connection only one request is answered; the second is read, or not even that.
        notes.add("\(connection.number)")
        if connection.number == 1, request.contains("/second") { return }
        connection.answer(body: request.hasSuffix("body") ? "whole" : "")
        if connection.number == 1, !closesLate { return }
      }
    }
    let client = makeClient(loop: .onOwnThread())
    for path in ["/first", "/second"] {
      let body = method == "POST" ? Secret("body") : nil
      let response = try await client.send(HTTPRequest(method: method, url: server.url(path), body: body))
      #expect(
        response.status == 200
          && String(decoding: response.body, as: UTF8.self) == (body == nil ? "" : "whole"))
    }
    #expect(notes.all == (closesLate ? ["1", "1", "2"] : ["1", "2"]))
  }
}
