import Glibc
import MFWS
import Testing

@testable import Sandbox

/// Faults that break HTTP itself, seen from a plain socket.
@Suite(.timeLimit(.minutes(30))) struct FaultTransportTests {
  private static let request = "GET /REST/session?username=editor&password=demo"

  private func server(_ faults: String...) throws -> SandboxServer {
    var configuration = SandboxConfiguration()
    for fault in faults { configuration.faults.append(try Fault(fault)) }
    return try SandboxServer(configuration)
  }

  private func receive(
    _ fault: String, patience: Double = 50
  ) throws -> (text: String, count: Int, ending: Connection.Ending) {
    let server = try server(fault)
    defer { server.stop() }
    let connection = try Connection(to: server.url)
    connection.ask(Self.request)
    return connection.receiveAll(patience: patience)
  }

  /// The length that the head promises, and the bytes of the body that came.
  private func lengths(_ text: String) throws -> (promised: Int, came: Int) {
    let mark = try #require(text.firstRange(of: "Content-Length: "))
    let end = try #require(text.firstRange(of: "\r\n\r\n"))
    let promised = Int(text[mark.upperBound...].prefix { $0.isNumber }) ?? 0
    return (promised, text[end.upperBound...].utf8.count)
  }

  @Test func `a reset comes instead of an answer`() throws {
    let seen = try receive("reset")
    #expect(seen.text.isEmpty)
    #expect(seen.ending == .reset)
  }

  @Test func `a reset in the midst of the body`() throws {
    let seen = try receive("reset_midway")
    let (promised, came) = try lengths(seen.text)
    #expect(seen.text.hasPrefix("HTTP/1.1 200 OK\r\n"))
    #expect(came > 0 && came < promised)
    #expect(seen.ending == .reset)
  }

  @Test func `a Content-Length that is too large, then the end`() throws {
    let seen = try receive("truncate")
    let (promised, came) = try lengths(seen.text)
    #expect(came < promised && seen.text.hasSuffix("}"))
    #expect(seen.ending == .closed)
  }

  @Test func `silence`() throws {
    let seen = try receive("stall", patience: 0.3)
    #expect(seen.text.isEmpty)
    #expect(seen.ending == .silent)
  }

  @Test func `a head, half a body, then silence`() throws {
    let seen = try receive("stall=head", patience: 3)
    let (promised, came) = try lengths(seen.text)
    #expect(came > 0 && came < promised)
    #expect(seen.ending == .silent)
  }

  @Test func `bytes that are no HTTP`() throws {
    let seen = try receive("garbage")
    #expect(!seen.text.hasPrefix("HTTP/") && !seen.text.isEmpty)
    #expect(seen.ending == .closed)
  }

  @Test func `a huge body is whole and takes no memory`() async {
    // In a process of its own: what other tests take meanwhile does not count.
    await #expect(processExitsWith: .success) { try FaultTransportTests().receiveHugeBody() }
  }

  private func receiveHugeBody() throws {
    let size = 256 << 20
    let server = try server("huge=\(size)")
    defer { server.stop() }
    let connection = try Connection(to: server.url)
    let before = peakMemory()
    connection.write("\(Self.request) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    let seen = connection.receiveAll()
    let (promised, _) = try lengths(seen.text)
    let head = try #require(seen.text.firstRange(of: "\r\n\r\n"))
    #expect(promised == size && seen.count == size + seen.text[..<head.upperBound].utf8.count)
    #expect(seen.text[head.upperBound...].hasPrefix("\"xxx"))
    #expect(peakMemory() - before < 128 << 20)
  }

  private func peakMemory() -> Int {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    return Int(usage.ru_maxrss) << 10
  }

  @Test(arguments: ["delay=3,count=1", "stall,count=1", "stall=head,count=1"])
  func `others are served meanwhile`(fault: String) throws {
    let server = try server(fault)
    defer { server.stop() }
    let hit = try Connection(to: server.url)
    hit.ask(Self.request)
    while server.faults[0].fired == 0 { usleep(1000) }
    let spared = try Connection(to: server.url)
    #expect(spared.exchange(Self.request).contains(#""AccountName":"editor""#))
    if fault.hasPrefix("delay") {
      #expect(!hit.hasInput)
      #expect(hit.receiveAll().text.contains(#""AccountName":"editor""#))
    }
  }

  @Test func `delays add up, and come before another fault`() throws {
    let server = try server("delay=0.2", "delay=0.2", "reset")
    defer { server.stop() }
    let connection = try Connection(to: server.url)
    let elapsed = ContinuousClock().measure {
      connection.ask(Self.request)
      #expect(connection.receiveAll().ending == .reset)
    }
    #expect(elapsed >= .milliseconds(400))
  }

  @Test func `a sandbox stops while clients wait, and when some have gone`() throws {
    let server = try server("stall,count=20", "stall=head,count=20", "delay=60,count=20")
    let connections = try (0..<60).map { _ in try Connection(to: server.url) }
    for connection in connections { connection.ask(Self.request) }
    while server.faults.map(\.fired).reduce(0, +) < 60 { usleep(1000) }
    server.stop()
    for connection in connections { #expect(connection.receiveAll().ending != .silent) }
  }

  @Test func `a client that goes away ends its silence`() async throws {
    let waiting = try server("stall,count=1", "stall=head,count=1")
    for _ in 0..<2 {
      let connection = try Connection(to: waiting.url)
      connection.ask(Self.request)
      while waiting.faults.map(\.fired).max() == 0 { usleep(1000) }
    }
    while waiting.waitingConnections > 0 { try await Task.sleep(for: .milliseconds(5)) }
    waiting.stop()
  }
}
