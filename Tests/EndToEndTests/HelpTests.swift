import Sandbox
import TestSupport
import Testing

/// `help` knows what there is.
struct HelpTests {
  /// Walks through all globals that plain Lua does not have, and through all functions in them.
  @Test func everyNameHasATopic() throws {
    let code = """
      local lua = {arg = true}
      for name in ([[_G _VERSION assert collectgarbage coroutine debug dofile error getmetatable io ipairs load loadfile
        math next os package pairs pcall print rawequal rawget rawlen rawset require select setmetatable string table
        tonumber tostring type utf8 xpcall warn]]):gmatch("%S+") do lua[name] = true end
      local count = 0
      local function check(name)
        count = count + 1
        local known, e = pcall(help, name)
        if not known then print("MISSING", e.message) end
      end
      for name, value in pairs(_G) do
        if not lua[name] then
          check(name)
          if type(value) == "table" then for field in pairs(value) do check(name .. "." .. field) end end
        end
      end
      for _, f in ipairs{help, print, os.exit} do help(f) end
      print(count > 36)
      """
    let result = try Shell().run(["--sandbox", "-e", code])
    #expect(result.status == .exited(0) && result.error.isEmpty)
    #expect(result.output.hasSuffix("\ntrue\n") && !result.output.contains("MISSING"), "\(result.output)")
  }

  @Test func everythingAnObjectHasIsExplained() throws {
    let code = """
      local box = mfsh.sandbox{}
      help(box)
      help(session.open{url=box.url, user="editor", password="demo"})
      help(secret.of("x" .. "y"))
      help(session)
      """
    let result = try Shell().run(code)
    for headline in [
      "mfsh.sandbox{…} -> sandbox: ", "\nsession.open{…} -> session: ", "\nsecret: passwords",
      "\nsession: log in",
    ] {
      #expect(result.output.contains(headline), "\(headline)")
    }
    for name in [
      "s.user", "s.url", "s.expires", "s.way", "s.state", "s:stats()", "s:nodes{", "s:stop()", "s.ca",
    ] {
      #expect(result.output.contains("  \(name)"), "\(name)")
    }
  }

  @Test func commandsOfThePromptAreExplainedEverywhere() throws {
    let shell = try Shell()
    let text = #"\use VAULT: "#
    let typed = try shell.run(["help", #"\use"#])
    #expect(typed.status == .exited(0) && typed.output.hasPrefix(text) && typed.error == "")
    #expect(try shell.run(#"help "\\use""#) == typed)
    let unknown = try shell.run(["help", #"\us"#])
    #expect(unknown == (.exited(64), "", "mfsh: no help on '\\us'; did you mean \\use?\n"))
  }

  @Test func theShellShowsTheSameTexts() throws {
    let shell = try Shell()
    let (status, output, error) = try shell.run(["help", "session.use"])
    #expect(status == .exited(0) && error == "")
    #expect(output.hasPrefix("session.use(vault) -> table: enters a vault\n"))
    #expect(try shell.run("help(session.use) help 'session.use'").output == output + output)
    #expect(try shell.run(["help", "--man"]).output.contains("\n.Dt MFSH 1\n"))
  }

  @Test func aNameAloneShowsItsHelpAtThePrompt() throws {
    let (_, terminal) = try PromptTests.sandboxed()
    #expect(try terminal.type("session", until: "mfsh> ").contains("  session.login{"))
    #expect(try terminal.type("session.use", until: "mfsh> ").contains("session.use(vault) -> table"))
    #expect(try terminal.type("help sesion", until: "mfsh> ").contains("did you mean session?"))
    try terminal.type("session = 5", until: "mfsh> ")
    try terminal.type("session", untilLast: "\n5")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func aNarrowTerminalBreaksLinesBetweenWords() throws {
    let shell = try Shell()
    let terminal = try shell.terminal(["help", "denied.operation"], columns: 40)
    _ = try terminal.waitForExit(within: Shell.patience)
    #expect(terminal.screenText.contains("  read-only: session.info() tells.\n"))
    for line in terminal.screenText.split(separator: "\n") { #expect(line.count <= 40) }
  }
}
