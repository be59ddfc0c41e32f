import Sandbox
import TestSupport
import Testing

/// No session stays behind, whichever way the program ends.
@Suite struct ExitTests {
  @Test func osExitWaitsForLoginsThatAreUnderWay() throws {
    let server = try SandboxServer()
    let code = """
      local list = {}
      for i = 1, 60 do list[i] = i end
      tasks.map(list, function(i)
        if i == 60 then tasks.sleep(0.002) os.exit(3) end
        session.open{user = "editor", password = "demo"}
        tasks.sleep(60)
      end, {jobs = 60})
      """
    let result = try ChildProcess.run([BuiltBinary.mfsh, "--url", server.url, "-e", code])
    #expect(result.status == .exited(3))
    #expect(server.stats.logins > 0)
    #expect(server.stats.liveSessions == 0)
  }
}
