import Glibc
import HTTP
import TestSupport
import Testing

/// A name lookup that hangs must hold up nobody else. The lookup is C's, so a program with a library preloaded runs
/// the probes below: these tests themselves.
@Suite(.timeLimit(.minutes(30))) struct SlowResolverTests {
  @Test func `a hanging lookup holds up no other session, and not the end`() throws {
    let folder = try TemporaryFolder()
    guard let library = SlowResolver.build(in: folder) else {
      return withKnownIssue("no C compiler to build the resolver with") { Issue.record("skipped") }
    }
    var environment = SlowResolver.environment(library: library, host: "slow.invalid", seconds: 30)
    environment["MFSH_RESOLVER_PROBES"] = "1"
    let command = [try programPath(), "--testing-library", "swift-testing", "--filter", "ResolverProbes"]
    let start = Clock.now
    let result = try ChildProcess.run(command, environment: environment)
    #expect(result.status == .exited(0), "\(result.output) \(result.error)")
    #expect(result.output.contains("slow lookup given up"))
    #expect(Clock.now - start < 28)
  }

  private func programPath() throws -> String {
    try #require(
      realpath("/proc/self/exe", nil).map { path in
        defer { free(path) }
        return String(cString: path)
      })
  }
}

@Suite(.enabled(if: getenv("MFSH_RESOLVER_PROBES") != nil, "run in a program of their own"))
struct ResolverProbes {
  @Test func `others get their answers meanwhile`() async throws {
    let server = try RawServer { connection in
      while connection.request() != nil { connection.answer(body: "fine") }
    }
    let client = makeClient { $0.connectTimeout = 1.5 }
    let slow = Task { await client.failure(HTTPRequest(url: "http://slow.invalid:\(server.port)/")) }
    let cancelled = Task { await client.failure(HTTPRequest(url: "http://slow.invalid:1/")) }
    let seconds = try await secondsOf {
      try await Task.sleep(for: .milliseconds(50))
      for round in 0..<20 {
        // Not kept from asking the resolver either.
        let host = round % 2 == 0 ? "localhost" : "127.0.0.1"
        #expect(try await client.text("http://\(host):\(server.port)/") == "fine")
      }
      cancelled.cancel()
      #expect(await cancelled.value?.code == .cancelled)
    }
    // The lookup hangs for thirty.
    #expect(seconds < 25)
    #expect(await slow.value?.code == .timeout)
    #expect(try await client.text(server.url()) == "fine")
    print("slow lookup given up")
  }
}
