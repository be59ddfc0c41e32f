import HTTP
import Testing

@Suite(.timeLimit(.minutes(30))) struct CancellationTests {
  @Test func `cancelling closes the connection at once`() async throws {
    let notes = Notes()
    let server = try RawServer { connection in
      _ = connection.request()
      notes.add("asked")
      notes.add(connection.isClosed(within: 55) ? "closed" : "open")
    }
    let client = makeClient()
    let task = Task { await client.failure(HTTPRequest(url: server.url())) }
    #expect(await notes.wait(for: 1))
    let seconds = await secondsOf {
      task.cancel()
      #expect(await task.value?.code == .cancelled)
      #expect(await notes.wait(for: 2))
    }
    #expect(notes.all == ["asked", "closed"])
    #expect(seconds < 50)
  }

  @Test func `cancelling before the start sends nothing`() async throws {
    let server = try RawServer { connection in _ = connection.request() }
    let client = makeClient()
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return await client.failure(HTTPRequest(url: server.url()))
    }
    #expect(await task.value?.code == .cancelled)
    #expect(server.connections == 0)
  }

  @Test func `cancelling after the end changes nothing`() async throws {
    let server = try RawServer { connection in while connection.request() != nil { connection.answer() } }
    let client = makeClient(loop: .onOwnThread())
    let task = Task {
      let first = await client.failure(HTTPRequest(url: server.url()))
      withUnsafeCurrentTask { $0?.cancel() }
      return first
    }
    #expect(await task.value == nil)
    #expect(try await client.send(HTTPRequest(url: server.url())).status == 200)
    #expect(server.connections == 1)
  }

  @Test func `cancelling at any moment leaves the loop usable`() async throws {
    let server = try RawServer { connection in while connection.request() != nil { connection.answer() } }
    let client = makeClient()
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<200 {
        group.addTask {
          let task = Task { await client.failure(HTTPRequest(url: server.url()), cookies: CookieJar()) }
          try? await Task.sleep(for: .microseconds(number * 40))
          task.cancel()
          let code = await task.value?.code
          #expect(code == nil || code == .cancelled)
        }
      }
    }
    #expect(try await client.send(HTTPRequest(url: server.url())).status == 200)
  }
}
