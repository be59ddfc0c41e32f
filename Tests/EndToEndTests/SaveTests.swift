import Glibc
import Sandbox
import TestSupport
import Testing

/// `\save FILE`: what ran at the prompt, as a script.
struct SaveTests {
  @Test func aSessionIsSavedAndRuns() throws {
    let sandbox = try SandboxServer()
    let (shell, terminal) = try PromptTests.loggedIn(sandbox)
    func type(_ line: String, until text: String, then prompt: String = "editor@Finance> ") throws {
      try terminal.type(line, until: text)
      try terminal.show(prompt)
    }
    try type(#"\use Finance"#, until: "GUID")
    try type("session.info().AccountName", until: "\"editor\"")
    try type("session.lgin()", until: "attempt to call a nil value")
    try type("function twice(x)", until: "twice(x)\n", then: "")
    try type("return 2 * x", until: "x\n", then: "")
    try type("end", until: "end\n")
    try type("twice(21)", until: "42")
    try type(#"\vaults"#, until: "Sample Vault")
    try type("#_", until: "2\n")
    try type("help(session.use)", until: "enters a vault")
    try type(" hidden = 1", until: "hidden = 1\n")
    try type(#"\save ~/first.lua"#, until: "7 statements saved in \(shell.home.path("first.lua"))")
    try type(#"\save first.lua"#, until: #"first.lua is there already: \save! first.lua replaces it"#)
    try type("secret.of('geheim')", until: "secret(•••)")
    try type(#"\save! first.lua"#, until: "8 statements saved in first.lua")
    #expect(try PromptTests.leave(terminal) == .exited(0))

    let script = try shell.home.read("first.lua")
    let lines = script.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first == "#!/usr/bin/env mfsh" && lines[1].hasPrefix("-- A session of mfsh "))
    #expect(lines[1].contains(" with \(sandbox.url), saved on 2"))
    #expect(
      lines[2] == "-- Run it with: mfsh --url \(sandbox.url) --vault 'Sample Vault' --user editor first.lua")
    #expect(
      lines.dropFirst(4).joined(separator: "\n") == """
        session.login{url = "\(sandbox.url)", user = "editor", vault = "Sample Vault"}
        session.use("Finance")
        print(session.info().AccountName)
        function twice(x)
          return 2 * x
        end
        print(twice(21))
        _ = session.vaults()
        print(json.encode(_, {indent = 2, secrets = "mask"}))
        print(#_)
        print(secret.ask())

        """)
    #expect(try mode(of: shell.home.path("first.lua")) == 0o700)
    try runs(shell, sandbox)
  }

  /// The script asks for its secrets, and does what was done.
  private func runs(_ shell: Shell, _ sandbox: SandboxServer) throws {
    var alone = shell
    alone.options = []
    let terminal = try alone.terminal(["first.lua"])
    try terminal.show("Password for editor: ")
    let output = try terminal.type("demo", until: "\n2\n")
    #expect(output.contains("editor\n42\n[") && output.contains("\"Name\": \"Finance\""))
    try terminal.show("Secret: ")
    terminal.send("geheim\r")
    try terminal.show("secret(•••)")
    #expect(try terminal.waitForExit(within: Shell.patience) == .exited(0))
    #expect(sandbox.stats.liveSessions == 0 && sandbox.stats.logins == 2)
  }

  private func mode(of path: String) throws -> mode_t {
    var status = stat()
    try #require(lstat(path, &status) == 0)
    return status.st_mode & 0o7777
  }

  @Test func nothingIsWrittenThroughALink() throws {
    let (shell, terminal) = try PromptTests.sandboxed()
    symlink(shell.home.path("target"), shell.home.path("link"))
    _ = try shell.home.write("file", "kept")
    try terminal.type(#"\save x"#, until: "there is nothing to save")
    try terminal.show("mfsh> ")
    try terminal.type("x = 1", until: "mfsh> ")
    try terminal.type(#"\save link"#, until: "link is there already")
    try terminal.type(#"\save! link"#, until: "link is no regular file: choose another name")
    try terminal.type(#"\save! ."#, until: ". is no regular file")
    try terminal.type(#"\save none/x"#, until: "cannot write none/x: No such file or directory")
    try terminal.type(#"\save"#, until: #"\save needs a word behind it"#)
    try terminal.show("mfsh> ")
    try terminal.type(#"mfsh.save("file")"#, until: "file is there already")
    try terminal.show("mfsh> ")
    #expect(access(shell.home.path("target"), F_OK) != 0)
    #expect(try shell.home.read("file") == "kept")
    try terminal.type(#"mfsh.save("file", {replace = true})"#, until: "1 statement saved in file")
    try terminal.show("mfsh> ")
    #expect(try shell.home.read("file").hasSuffix("\n-- Run it with: mfsh --sandbox file\n\nx = 1\n"))
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func aScriptThatCannotRunIsSaid() throws {
    let (shell, terminal) = try PromptTests.sandboxed()
    try terminal.type("goto a ::a::", until: "mfsh> ")
    try terminal.type("goto a ::a::", until: "mfsh> ")
    try terminal.type(#"\save twice.lua"#, until: "2 statements saved in twice.lua")
    try terminal.show("it does not run as it is: twice.lua:7: label 'a' already defined")
    try terminal.show("mfsh> ")
    #expect(try shell.home.read("twice.lua").hasSuffix("goto a ::a::\ngoto a ::a::\n"))
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func aScriptHasNothingToSave() throws {
    let result = try Shell().run("print(select(2, pcall(mfsh.save, 'x')).message)")
    #expect(result.output.hasPrefix("mfsh.save: no statement of the prompt has run without an error yet"))
  }
}
