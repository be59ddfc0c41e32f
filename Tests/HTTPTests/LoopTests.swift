import Glibc
import Testing

@testable import HTTP

@Suite(.timeLimit(.minutes(30))) struct LoopTests {
  private final class Flags: @unchecked Sendable {
    // Used on the test's thread only: the loop's jobs run there too.
    var count = 0
  }

  @Test func `timers end in their order, cancelled ones at once`() {
    let loop = EventLoop()
    let notes = Notes()
    // Far apart: a busy machine may hold up the start of some.
    for milliseconds in [500, 100, 300, 200, 400] {
      Task(executorPreference: loop) {
        await loop.sleep(seconds: Double(milliseconds) / 1000)
        notes.add("\(milliseconds)")
      }
    }
    let endless = Task(executorPreference: loop) {
      await loop.sleep(seconds: .infinity)
      notes.add("cancelled")
    }
    loop.step(limit: 0)
    endless.cancel()
    loop.run { notes.all.count == 6 }
    #expect(notes.all == ["cancelled", "100", "200", "300", "400", "500"])
  }

  @Test func `cancelled timers leave the loop waiting for nothing`() {
    let loop = EventLoop()
    let flags = Flags()
    let tasks = (0..<100).map { number in
      Task(executorPreference: loop) {
        await loop.sleep(seconds: 0.15 + Double(number % 7) / 100)
        flags.count += 1
      }
    }
    loop.step(limit: 0)
    tasks.forEach { $0.cancel() }
    loop.run { flags.count == 100 }
    let start = Clock.now
    loop.step(limit: 0.5)
    loop.step(limit: 0.5)
    #expect(Clock.now - start > 0.9)
  }

  @Test func `a job may step the loop itself`() {
    let loop = EventLoop()
    let flags = Flags()
    for _ in 0..<10 {
      Task(executorPreference: loop) {
        flags.count += 1
        let goal = flags.count
        if goal < 5 { loop.run { flags.count > goal } }
        flags.count += 100
      }
    }
    loop.run { flags.count >= 1010 }
    #expect(flags.count == 1010)
  }

  @Test(arguments: [1, 1000], [false, true])
  func `who never waits does not keep the answers of others away`(tasks: Int, yields: Bool) throws {
    let notes = Notes()
    let server = try RawServer { connection in
      _ = connection.request()
      connection.answer()
      notes.add("answered")
    }
    let loop = EventLoop()
    let client = makeClient(loop: loop)
    let flags = Flags()
    Task(executorPreference: loop) {
      _ = try? await client.send(HTTPRequest(url: server.url()))
      flags.count = 1
    }
    for _ in 0..<tasks {
      Task(executorPreference: loop) {
        while flags.count == 0 { if yields { await Task.yield() } else { await loop.sleep(seconds: 0) } }
      }
    }
    let start = Clock.now
    loop.run { !notes.all.isEmpty || Clock.now - start > 120 }
    // The answer lies ready: what counts from now on is how soon the loop looks.
    var steps = 0
    while flags.count == 0, steps < 2000 {
      loop.step()
      steps += 1
    }
    #expect(flags.count == 1)
    for _ in 0..<10 { loop.step(limit: 0) }
  }

  @Test func `a loop that ends with a request under way lets go of it`() async throws {
    let server = try RawServer { connection in _ = connection.isClosed(within: 50) }
    var configuration = HTTPConfiguration()
    configuration.proxy = ""
    let transfer = Transfer(
      HTTPRequest(url: server.url()), client: ClientSettings(configuration), jar: nil)
    await withCheckedContinuation { continuation in
      let loop = EventLoop()
      loop.transfers.start(transfer, continuation)
      loop.step(limit: 0)
    }
    #expect(throws: HTTPError.self) { try transfer.takeResult().get() }
    #expect(transfer.handle == nil)
  }

  @Test func `a socket that cannot be watched fails its request at once, and the next goes well`() throws {
    let server = try RawServer { connection in while connection.request() != nil { connection.answer() } }
    let loop = EventLoop()
    let client = makeClient(loop: loop)
    let set = loop.transfers.descriptor
    let (whole, nothing) = (dup(set), open("/dev/null", O_RDONLY))
    defer {
      close(whole)
      close(nothing)
    }
    func result() -> String {
      let notes = Notes()
      Task(executorPreference: loop) {
        notes.add(await client.failure(HTTPRequest(url: server.url()))?.message ?? "answered")
      }
      loop.run { !notes.all.isEmpty }
      return notes.all[0]
    }
    #expect(dup2(nothing, set) == set)
    #expect(result() == "connections cannot be watched: Invalid argument")
    #expect(dup2(whole, set) == set)
    #expect(result() == "answered")
  }

  @Test func `a wake from another thread is not lost`() {
    let loop = EventLoop()
    for _ in 0..<200 {
      let start = Clock.now
      startThread { loop.wake() }
      loop.step(limit: 10)
      #expect(Clock.now - start < 5)
    }
  }

  @Test func `a watched pipe ends the wait, also when it is closed`() {
    let loop = EventLoop()
    var ends: [Int32] = [-1, -1]
    #expect(pipe(&ends) == 0)
    #expect(!loop.step(limit: 0.01, watching: ends[0]))
    _ = write(ends[1], "x", 1)
    #expect(loop.step(limit: 5, watching: ends[0]))
    var byte: UInt8 = 0
    _ = read(ends[0], &byte, 1)
    close(ends[1])
    #expect(loop.step(limit: 5, watching: ends[0]))
    close(ends[0])
  }
}
