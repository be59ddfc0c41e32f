import Glibc
import Sandbox
import TestSupport
import Testing

/// However a script ends, none of its sessions stays on the server.
struct SignalTests {
  /// Twenty sessions and the default one.
  static let opening = """
    session.login{user="editor", password="demo"}
    local all = {}
    for i = 1, 20 do all[i] = session.open{user="editor", password="demo"} end
    print("open") io.stdout:flush()

    """

  static let occupations = [
    "while true do end",
    "while true do pcall(session.info) end",
    "while true do pcall(error) end",
    "tasks.sleep(10000)",
    "pcall(tasks.sleep, 10000)",
    "string.rep('', 1 << 62)",
    "coroutine.wrap(function() while true do end end)()",
    "coroutine.wrap(function() while true do all[1]:info() end end)()",
    "tasks.map(all, function(s) while true do pcall(s.info, s) end end, {jobs=20})",
    "table.sort({3, 1, 2}, function(a, b) tasks.sleep(10000) return a < b end)",
    "local s <close> = session.open{user='reader', password='demo'} while true do end",
    "local t <close> = setmetatable({}, {__close=function() while true do end end}) while true do end",
    "all = nil while true do collectgarbage() end",
  ]

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP], occupations)
  func signals(_ number: Int32, during occupation: String) throws {
    let sandbox = try SandboxServer()
    let process = try Shell(server: sandbox.url).start(["-e", Self.opening + occupation])
    try process.expectPatiently("open\n")
    process.signal(number)
    #expect(try process.waitPatiently() == .signalled(number))
    #expect(process.errorText == "")
    #expect(sandbox.stats.logins >= 21 && sandbox.stats.liveSessions == 0)
  }

  static let endings: [(code: String, status: Int32)] = [
    ("", 0), ("os.exit(5)", 5), ("os.exit(0, true)", 0), ("error('stop')", 1),
    ("error(setmetatable({}, {}))", 1),
    ("coroutine.wrap(function() os.exit(6) end)()", 6),
    ("tasks.map(all, function(s) s:info() os.exit(7) end)", 7),
    ("tasks.map(all, function(s) s:info() error('stop') end, {jobs=20})", 1),
    ("local s <close> = session.open{user='reader', password='demo'} os.exit(8)", 8),
    ("session.login{user='editor', password='wrong'}", 77),
    ("setmetatable({}, {__gc=function() while true do end end}) os.exit(9)", 9),
    ("all[1]:logout() all = nil collectgarbage()", 0),
  ]

  @Test(arguments: endings) func ends(code: String, status: Int32) throws {
    let sandbox = try SandboxServer()
    let result = try Shell(server: sandbox.url).run(Self.opening + code)
    #expect(result.status == .exited(status))
    #expect(sandbox.stats.logins >= 21 && sandbox.stats.liveSessions == 0)
  }

  @Test func aReaderThatLeaves() throws {
    let sandbox = try SandboxServer()
    let result = try Shell(server: sandbox.url).run(
      inScript: #"{ "$0" "$@"; echo "status $?" >&2; } | head -n 1"#,
      ["-e", Self.opening + "while true do print('more') end"])
    #expect(result == (.exited(0), "open\n", "status 141\n"))
    #expect(sandbox.stats.logins == 21 && sandbox.stats.liveSessions == 0)
  }

  static let streams = [
    // Logins that end in a scope, at once, or by the collector: always some are on their way.
    "local s <close> = session.open{user='editor', password='demo', via=way}",
    "session.open{user='editor', password='demo', via=way}:logout()",
    "local s = session.open{user='editor', password='demo', via=way} s = nil collectgarbage()",
    "pcall(session.open, {user='editor', password='demo', vault='Human Resources', via=way})",
  ]

  @Test(arguments: streams, ["session", "token"])
  func signalsWhileLoginsAreUnderWay(login: String, way: String) throws {
    let sandbox = try SandboxServer()
    let code = """
      local way, list = "\(way)", {}
      for i = 1, 16 do list[i] = i end
      while true do tasks.map(list, function() \(login) end, {jobs=16}) end
      """
    let process = try Shell(server: sandbox.url).start(["-e", code])
    try wait(for: process, until: { sandbox.stats.logins >= 20 })
    process.signal(SIGTERM)
    #expect(try process.waitPatiently() == .signalled(SIGTERM))
    #expect(process.errorText == "")
    #expect(sandbox.stats.liveSessions == 0)
  }

  @Test func aSecondSignalDoesNotHinderTheFirst() throws {
    let sandbox = try SandboxServer()
    let process = try Shell(server: sandbox.url).start(["-e", Self.opening + "while true do end"])
    try process.expectPatiently("open\n")
    for number in [SIGTERM, SIGTERM, SIGINT, SIGHUP, SIGTERM] { process.signal(number) }
    #expect([.signalled(SIGTERM), .signalled(SIGHUP)].contains(try process.waitPatiently()))
    #expect(sandbox.stats.liveSessions == 0)
  }

  /// Waits for something that the program's output does not tell.
  private func wait(for process: ChildProcess, until condition: () -> Bool) throws {
    let start = ContinuousClock.now
    while !condition() {
      usleep(5_000)
      if ContinuousClock.now - start > .seconds(Shell.patience) {
        Issue.record("waited in vain: \(process.errorText)")
        return
      }
    }
  }
}
