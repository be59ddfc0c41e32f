import Glibc
import Sandbox
import TestSupport
import Testing

/// Ctrl-C and what is typed ahead, at the prompt.
struct InterruptTests {
  @Test(arguments: [
    "while true do pcall(error) end", "tasks.sleep(9999)", "while true do tasks.sleep(0) end",
  ])
  func ctrlCThatComesWithEnterStopsTheStatement(code: String) throws {
    let (_, terminal) = try PromptTests.sandboxed()
    for _ in 1...10 {
      terminal.send("\(code)\r\u{3}")
      try terminal.show("interrupted\n")
      try terminal.show("mfsh> ")
    }
    try terminal.type("'still ' .. 'here'", until: "\"still here\"")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func whatIsTypedAheadIsTheNextStatement() throws {
    let (_, terminal) = try PromptTests.sandboxed(["--color", "never"])
    terminal.send("tasks.sleep(0.2) print('o' .. 'ne')\rprint('t' .. 'wo')\r")
    try terminal.show("one\n")
    let shown = try terminal.show("two\n")
    #expect(shown.split(separator: "print").count == 2)
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func whatIsTypedWhileItWaitsShowsOnce() throws {
    let (_, terminal) = try PromptTests.sandboxed(["--color", "never"])
    terminal.send("print('st' .. 'art') tasks.sleep(9999)\r")
    try terminal.show("start\n")
    try terminal.wait(for: "the code to wait", within: Shell.patience) {
      terminal.settings.readsLines && !terminal.settings.echoes
    }
    terminal.send("print('la' .. 'ter')\r")
    try terminal.waitUntilTyped()
    terminal.signal(SIGINT)
    try terminal.show("interrupted\n")
    let shown = try terminal.show("later\n")
    #expect(shown.split(separator: "print").count == 2)
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func codeReadsTheTerminalWithEcho() throws {
    let (_, terminal) = try PromptTests.sandboxed()
    terminal.send("tasks.sleep(0) print('na' .. 'me') name = io.read()\r")
    try terminal.show("name\n")
    try terminal.wait(for: "the code to read", within: Shell.patience) {
      terminal.settings.readsLines && terminal.settings.echoes
    }
    try terminal.type("Jo", until: "Jo\n")
    try terminal.show("mfsh> ")
    try terminal.type("name", until: "\"Jo\"")
    try terminal.show("mfsh> ")
    terminal.send("print('ag' .. 'ain') pcall(io.read) print('went on')\r")
    try terminal.show("again\n")
    terminal.send("\u{3}")
    try terminal.show("interrupted\n")
    #expect(try !terminal.show("mfsh> ").contains("went on"))
    try terminal.type("io.read()", until: "io.read()\n")
    try terminal.wait(for: "the code to read", within: Shell.patience) {
      terminal.settings.readsLines && terminal.settings.echoes
    }
    try terminal.type("Al", until: "\"Al\"")
    try terminal.show("mfsh> ")
    try terminal.type("io.read()", until: "io.read()\n")
    try terminal.wait(for: "the code to read", within: Shell.patience) {
      terminal.settings.readsLines && terminal.settings.echoes
    }
    terminal.send("half\u{3}")
    #expect(try !terminal.show("interrupted\n").contains("nil"))
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func whatIsTypedAsSoonAsCodeRunsIsForTheCode() throws {
    let (_, terminal) = try PromptTests.sandboxed()
    for round in 1...20 {
      terminal.send("print('go' .. 't', io.read())\r")
      let end = ContinuousClock.now + .seconds(Shell.patience)
      while !terminal.settings.readsLines, ContinuousClock.now < end {}
      terminal.send("round \(round)\r")
      try terminal.show("got\tround \(round)\n")
      try terminal.show("mfsh> ")
    }
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func aSilentServer() throws {
    let server = try ScriptedServer { _ in .silence }
    let terminal = try Shell(server: server.url).terminal()
    try terminal.show("mfsh> ")
    for code in ["server.status()", "pcall(server.status) print('went on')"] {
      let before = server.requests.count
      terminal.send(code + "\r")
      try terminal.wait(for: "the request", within: Shell.patience) { server.requests.count > before }
      terminal.send("\u{3}")
      try terminal.show("interrupted\n")
      #expect(try !terminal.show("mfsh> ").contains("went on"))
    }
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func anotherProgram() throws {
    let (_, terminal) = try PromptTests.sandboxed()
    terminal.send("while true do os.execute('echo start; exec sleep 9999') end\r")
    try terminal.show("\nstart\n")
    terminal.send("\u{3}")
    try terminal.show("interrupted\n")
    try terminal.show("mfsh> ")
    terminal.send("os.execute('exit 3')\r")
    try terminal.show("nil\n\"exit\"\n3\n")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func whatCannotBeStoppedSaysHowToLeave() throws {
    let (_, terminal) = try PromptTests.sandboxed()
    terminal.send("print('st' .. 'art') string.rep('', 1 << 62)\r")
    try terminal.show("start\n")
    // One before string.rep begins would end the statement in the usual way.
    try terminal.waitUntilBusy()
    terminal.send("\u{3}")
    try terminal.show("mfsh: a library function holds this up; Ctrl-C twice within a second ends mfsh\n")
    var status: TestSupport.ExitStatus?
    for _ in 1...400 where status == nil {
      terminal.send("\u{3}")
      status = try? terminal.waitForExit(within: 0.1)
    }
    #expect(status == .exited(130))
  }

  @Test func aQuestion() throws {
    let (_, terminal) = try PromptTests.sandboxed()
    terminal.send("pcall(secret.ask, 'Code: ') print('went on')\r")
    try terminal.show("Code: ")
    terminal.send("\u{3}")
    try terminal.show("interrupted\n")
    #expect(try !terminal.show("mfsh> ").contains("went on"))
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func twiceEndsInOrder() throws {
    let sandbox = try SandboxServer()
    let (_, terminal) = try PromptTests.loggedIn(sandbox)
    // The scope stops the first Ctrl-C from ending the statement.
    let scope = "local s <close> = setmetatable({}, {__close=function() while true do end end})"
    try terminal.type("\(scope) print('st' .. 'art') while true do end", until: "start\n")
    var status: TestSupport.ExitStatus?
    for _ in 1...400 where status == nil {
      terminal.send("\u{3}")
      status = try? terminal.waitForExit(within: 0.1)
    }
    #expect(status == .exited(130))
    #expect(sandbox.stats.liveSessions == 0)
  }
}
