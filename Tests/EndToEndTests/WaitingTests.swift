import Glibc
import Sandbox
import TestSupport
import Testing

/// What is seen of something that takes its time.
struct WaitingTests {
  private let server: ScriptedServer
  private let shell: Shell

  init() throws {
    server = try ScriptedServer { _ in .silence }
    shell = try Shell(server: server.url)
  }

  private func prompt() throws -> PseudoTerminal {
    let terminal = try shell.terminal()
    try terminal.show("mfsh> ")
    return terminal
  }

  /// What the next line says of how long it takes.
  @discardableResult
  private func seconds(of subject: String, on terminal: PseudoTerminal) throws -> Int {
    try terminal.show("\(subject) … ")
    return Int(try terminal.show(" s, Ctrl-C stops it").prefix { $0.isNumber }) ?? 0
  }

  @Test func aRequestThatTakesLongIsNamed() throws {
    let terminal = try prompt()
    terminal.send("server.status()\r")
    // A busy machine may leave some seconds out.
    let first = try seconds(of: "GET /server/status", on: terminal)
    var next = first
    for _ in 1...9 where next == first { next = try seconds(of: "GET /server/status", on: terminal) }
    #expect(first >= 1 && next > first)
    terminal.send("\u{3}")
    try terminal.show("interrupted\n")
    try terminal.show("mfsh> ")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func tasksAreCounted() throws {
    let terminal = try prompt()
    terminal.send("tasks.map({1, 2, 3}, function() server.status() end)\r")
    try seconds(of: "3 requests under way", on: terminal)
    terminal.send("\u{3}")
    try terminal.show("mfsh> ")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func itIsErasedBeforeCodeGoesOn() throws {
    let terminal = try prompt()
    terminal.send("io.write('ab') tasks.sleep(1.2) io.write('cd') print('e')\r")
    try seconds(of: "waiting", on: terminal)
    try terminal.show("cde\n")
    let shown = String(decoding: terminal.rawOutput, as: UTF8.self)
    let line = try #require(shown.firstRange(of: "waiting"))
    let end = try #require(shown[line.upperBound...].firstRange(of: "cd"))
    #expect(shown[line.upperBound..<end.lowerBound].hasSuffix("\u{1B}7\u{1B}[B\r\u{1B}[2K\u{1B}8"))
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func questionsComeWithoutIt() throws {
    let terminal = try prompt()
    terminal.send("tasks.sleep(1.2) answer = secret.ask('Code: ')\r")
    try seconds(of: "waiting", on: terminal)
    try terminal.show("Code: ")
    try terminal.type("x", until: "mfsh> ")
    try terminal.type("answer", until: "secret(•••)")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func whatTookLongSaysSo() throws {
    let terminal = try prompt()
    try terminal.type("tasks.sleep(0.6) x = 1", until: "took ")
    try terminal.show("mfsh> ")
    #expect(String(decoding: terminal.rawOutput, as: UTF8.self).contains("\u{1B}[2mtook "))
    terminal.send("answer = secret.ask('Code: ')\r")
    try terminal.show("Code: ")
    // The time of the answer is what must not count.
    usleep(2_000_000)
    let took = try terminal.type("x", until: "mfsh> ").firstMatch(of: #/took ([0-9.]+) s/#)
    #expect(took.flatMap { Double($0.1) } ?? 0 < 2)
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func withoutColoursItIsPlain() throws {
    var shell = shell
    shell.environment = ["NO_COLOR": "1"]
    let terminal = try shell.terminal()
    try terminal.show("mfsh> ")
    try terminal.type("tasks.sleep(0.6) x = 1", until: "took ")
    #expect(!String(decoding: terminal.rawOutput, as: UTF8.self).contains("\u{1B}[2mtook"))
    try terminal.show("mfsh> ")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func inAPipeThereIsNone() throws {
    #expect(try shell.run("tasks.sleep(1.3) print(1)") == (.exited(0), "1\n", ""))
  }

  @Test func theEndTellsThatItLogsOutAndCtrlCEndsIt() throws {
    let server = try LyingServer(["DELETE /REST/session": .silence])
    let code = "session.login{user='u', password='p'} print('in')"
    let terminal = try Shell(server: server.url).terminal(["-e", code])
    try terminal.show("mfsh: logging out…")
    let start = ContinuousClock.now
    terminal.send("\u{3}")
    #expect(try terminal.waitForExit(within: Shell.patience) == .exited(0))
    #expect(ContinuousClock.now - start < .seconds(3))
  }
}
