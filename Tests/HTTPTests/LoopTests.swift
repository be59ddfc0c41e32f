import Glibc
import HTTP
import Testing

@Suite(.timeLimit(.minutes(30))) struct LoopTests {
  private final class Flags: @unchecked Sendable {
    // Used on the test's thread only: the loop's jobs run there too.
    var count = 0
  }

  @Test func `timers end in their order, cancelled ones at once`() {
    let loop = EventLoop()
    let notes = Notes()
    for milliseconds in [50, 10, 30, 20, 40] {
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
    #expect(notes.all == ["cancelled", "10", "20", "30", "40", "50"])
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

  @Test func `who never waits does not keep the answers of others away`() throws {
    let server = try RawServer { connection in
      _ = connection.request()
      connection.answer()
    }
    let loop = EventLoop()
    let client = makeClient(loop: loop)
    let flags = Flags()
    Task(executorPreference: loop) {
      _ = try? await client.send(HTTPRequest(url: server.url()))
      flags.count = 1
    }
    Task(executorPreference: loop) { while flags.count == 0 { await loop.sleep(seconds: 0) } }
    let start = Clock.now
    loop.run { flags.count == 1 || Clock.now - start > 120 }
    #expect(flags.count == 1)
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
