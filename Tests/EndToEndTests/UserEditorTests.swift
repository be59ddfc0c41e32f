import Glibc
import Sandbox
import TestSupport
import Testing

/// `$EDITOR` for what is typed: Ctrl-X Ctrl-E and `\edit`.
@Suite(.timeLimit(.minutes(30))) struct UserEditorTests {
  static let key = Key.control("X") + Key.control("E")

  /// A prompt whose editor is this shell script; `$1` is the file. Its temporary files are in `tmp`.
  static func prompt(
    _ script: String, environment: [String: String] = ["EDITOR": "./editor"], columns: Int = 80,
    rows: Int = 24
  ) throws -> (shell: Shell, terminal: PseudoTerminal) {
    var shell = try Shell()
    shell.options = ["--sandbox"]
    try prepare(&shell, script, environment)
    let terminal = try shell.terminal(columns: columns, rows: rows)
    try terminal.waitForPrompt()
    return (shell, terminal)
  }

  static func prepare(_ shell: inout Shell, _ script: String, _ environment: [String: String]) throws {
    try shell.home.write("editor", "#!/bin/sh\n" + script, mode: 0o755)
    mkdir(shell.home.path("tmp"), 0o700)
    shell.environment = environment.merging(["TMPDIR": shell.home.path("tmp")]) { $1 }
  }

  /// Whether the editor's file is gone, with all that stood beside it.
  static func isClean(_ shell: Shell) -> Bool { rmdir(shell.home.path("tmp")) == 0 }

  @Test func whatIsTypedIsChangedAndRuns() throws {
    let (shell, terminal) = try Self.prompt(
      #"""
      ls -ld "$(dirname "$1")" "$1" > seen
      echo "$1" "$(cat "$1")" >> seen
      cp "$1" "$1~"
      printf 'for i = 1, 2 do\r\n\tprint("edited", i)\r\nend\r\n' > "$1"
      """#)
    terminal.send("for i = 1, 2 do\rprint(i)\rend" + Key.up + Self.key)
    try terminal.expectScreen("edited")
    try terminal.enter("")
    try terminal.expectScreen("edited-and-run")
    let seen = try shell.home.read("seen").split(separator: "\n")
    try #require(seen.count == 5)
    #expect(seen[0].hasPrefix("drwx------ ") && seen[1].hasPrefix("-rw------- "))
    #expect(seen[2].hasSuffix(".lua for i = 1, 2 do") && seen[3] == "  print(i)" && seen[4] == "  end")
    #expect(Self.isClean(shell))
    #expect(try PromptTests.leave(terminal) == .exited(0))
    #expect(try shell.home.read(".local/state/mfsh/history").split(separator: "\n").count == 1)
  }

  @Test(arguments: [
    ["VISUAL": "./editor 1 2", "EDITOR": "false"], ["EDITOR": "  ./editor  1 2 "],
    ["VISUAL": "", "EDITOR": "./editor '1 2'"], ["EDITOR": "~/editor 1 2 3"],
  ])
  func theVariablesMayHaveArguments(variables: [String: String]) throws {
    let (shell, terminal) = try Self.prompt(
      #"""
      for file do :; done
      echo "'$# words'" > "$file"
      """#, environment: variables)
    let expected =
      variables["EDITOR"]?.contains("'") == true ? 2 : variables["EDITOR"]?.contains("~") == true ? 4 : 3
    terminal.send(Self.key)
    try terminal.waitForText("'\(expected) words'")
    try terminal.enter("")
    #expect(Self.isClean(shell))
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  /// Told in one line, and nothing is lost.
  @Test(arguments: [
    ("exit 3", "mfsh: ./editor: it ended with status 3; nothing is changed"),
    ("rm $1; kill -9 $$", "mfsh: ./editor: it was ended by signal 9; nothing is changed"),
    (": > $1", "mfsh: ./editor: it left an empty file; nothing is changed"),
    ("echo '  ' > $1", "mfsh: ./editor: it left an empty file; nothing is changed"),
    ("rm $1", "mfsh: ./editor: it left no file; nothing is changed"),
    ("rm $1; ln -s ~/.editrc $1", "mfsh: ./editor: it left no file; nothing is changed"),
    ("rm $1; mkdir $1", "mfsh: ./editor: it left no file; nothing is changed"),
    ("head -c 5000000 /dev/zero > $1", "mfsh: ./editor: it left more than 4 MiB; nothing is changed"),
    ("stty raw -echo; exit 1", "mfsh: ./editor: it ended with status 1; nothing is changed"),
  ])
  func whenItFailsAllIsStillThere(script: String, message: String) throws {
    let (shell, terminal) = try Self.prompt(script)
    terminal.send("'all ' .. 'there'" + Key.left + Self.key)
    try terminal.waitForScreen("the message and the text") {
      $0.rows.suffix(2) == [message, "mfsh> 'all ' .. 'there'"]
        && $0.cursor.column == 6 + 16
    }
    try terminal.enter("")
    try terminal.waitForText("\"all there\"")
    #expect(Self.isClean(shell))
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test(arguments: [
    ("none", "mfsh: none: No such file or directory: set EDITOR to one that is installed; nothing is"),
    ("none '-x'", "mfsh: none '-x': not found: set EDITOR to one that is installed; nothing is"),
    (" ", "$EDITOR is blank: set it to an editor"),
  ])
  func anEditorThatIsMissing(editor: String, message: String) throws {
    let (shell, terminal) = try Self.prompt("", environment: ["EDITOR": editor], columns: 120)
    terminal.send("1 + 1" + Self.key)
    try terminal.waitForText(message)
    try terminal.waitForText("mfsh> 1 + 1")
    try terminal.enter("")
    #expect(Self.isClean(shell))
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func withoutATemporaryFolderAllIsStillThere() throws {
    let (shell, terminal) = try Self.prompt("")
    rmdir(shell.home.path("tmp"))
    terminal.send("1 + 1" + Self.key)
    try terminal.waitForText("set TMPDIR")
    try terminal.waitForText("mfsh> 1 + 1")
    try terminal.enter("")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  /// What was saved before is newer than what was typed.
  @Test func whatAKilledEditorHadSavedIsThere() throws {
    let (shell, terminal) = try Self.prompt("echo '\"sa\" .. \"ved\"' > $1; kill -9 $$")
    terminal.send("1 + 1" + Self.key)
    try terminal.waitForText("it was ended by signal 9; this is what it had saved")
    try terminal.enter("")
    try terminal.waitForText("\"saved\"")
    #expect(Self.isClean(shell))
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func theLastStatementIsOpened() throws {
    let (shell, terminal) = try Self.prompt(#"cat $1 >> seen; echo "-- and more" >> $1"#)
    try terminal.enter("first = 1")
    try terminal.enter("first + 1")
    try terminal.enter(#"\help edit"#)
    terminal.send("\\edit\r")
    try terminal.waitForScreen("the statement") { $0.rows.suffix(2) == ["mfsh> first + 1", "-- and more"] }
    terminal.send(Key.control("C"))
    try terminal.waitForPrompt()
    terminal.send("mfsh.edit()\r")
    try terminal.waitForScreen("the statement again") { $0.rows.last == "-- and more" }
    terminal.send(Key.control("C"))
    try terminal.waitForPrompt()
    terminal.send("mfsh.edit('return ' .. first + 4)\r")
    try terminal.waitForText("return 5")
    try terminal.enter("")
    #expect(terminal.answer == "5")
    #expect(try shell.home.read("seen") == "first + 1\nfirst + 1\nreturn 5\n")
    #expect(Self.isClean(shell))
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func withoutAnyStatementAnEmptyFileIsOpened() throws {
    let (_, terminal) = try Self.prompt("wc -c < $1 > seen")
    try terminal.enter(#"\edit"#)
    #expect(terminal.answer == #"mfsh> \edit"#)
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func thereIsNothingToEditInAScript() throws {
    let outcome = try Shell().run("mfsh.edit()")
    #expect(outcome.status == .exited(1) && outcome.error.contains("mfsh.edit: there is no prompt here"))
  }

  @Test func aDumbTerminalHasNone() throws {
    var shell = try Shell()
    try Self.prepare(&shell, "", ["TERM": "dumb", "EDITOR": "./editor"])
    let terminal = try shell.terminal()
    try terminal.show("mfsh> ")
    try terminal.type(#"\edit"#, until: "there is no prompt here at which lines can be edited")
    try terminal.show("mfsh> ")
    terminal.send("quit\r")
    #expect(try terminal.waitForExit(within: Shell.patience) == .exited(0))
  }

  @Test func whereEditingIsOffTheSettingIsNamed() throws {
    var shell = try Shell()
    try Self.prepare(&shell, "", ["EDITOR": "./editor"])
    try shell.home.write(".editrc", "edit off\n")
    let terminal = try shell.terminal()
    try terminal.show("mfsh> ")
    try terminal.type(
      #"\edit"#, until: "edit off in \(shell.home.path(".editrc")) turns this off: take that line out")
    try terminal.show("mfsh> ")
    terminal.send("quit\r")
    #expect(try terminal.waitForExit(within: Shell.patience) == .exited(0))
  }

  /// The file has what was typed; the history has not.
  @Test func secretsAreTakenOutOfTheHistory() throws {
    let canary = Canary.make("typed in the editor")
    let (shell, terminal) = try Self.prompt(
      #"echo "pcall(session.login, {url='http://127.0.0.1:9', user='jo', password='$WORD'})" > $1"#,
      environment: ["EDITOR": "./editor", "WORD": canary])
    terminal.showsTyping(because: "the password is written in the editor")
    terminal.send(Self.key)
    try terminal.waitForText("password=")
    try terminal.enter("")
    let history = try shell.home.read(".local/state/mfsh/history")
    #expect(history.contains("password=secret.ask()") && !history.contains(canary))
    #expect(Self.isClean(shell))
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  /// It has the terminal for itself: whole lines, Ctrl-C and Ctrl-Z, with which this program stops too.
  @Test func keysAreTheEditorsAndFgContinuesBoth() throws {
    var shell = try Shell()
    try Self.prepare(
      &shell,
      #"""
      trap 'echo interrupted' INT
      echo "the editor waits"
      while ! read -r line; do :; done
      echo "'typed ' .. '$line'" > $1
      """#, ["EDITOR": "./editor"])
    let terminal = try shell.bash(environment: shell.environment)
    try terminal.enter("mfsh --sandbox")
    terminal.send("1" + Self.key)
    try terminal.waitForText("the editor waits")
    #expect(terminal.settings.echoes && terminal.settings.readsLines)
    try terminal.waitUntilForegroundSleeps()
    let editor = terminal.foregroundGroup
    terminal.send(Key.control("C"))
    try terminal.waitForText("interrupted")
    for _ in 1...2 {
      // bash names the program before it puts it in front.
      try terminal.wait(for: "the editor in front") { terminal.foregroundGroup == editor }
      try terminal.waitUntilForegroundSleeps()
      terminal.send(Key.control("Z"))
      try terminal.waitForPrompt("$")
      terminal.send("echo ba''sh && fg\r")
      try terminal.waitForScreen("the editor in front again") {
        $0.rows.suffix(2) == ["bash", "mfsh --sandbox"]
      }
    }
    terminal.send("line\r")
    try terminal.waitForText("mfsh> 'typed ' .. 'line'")
    try terminal.enter("")
    try terminal.waitForText("\"typed line\"")
    terminal.send("quit\r")
    try terminal.waitForPrompt("$")
    #expect(Self.isClean(shell))
  }

  @Test(arguments: PromptEndTests.kinds)
  func signalsEndTheEditorToo(number: Int32, status: Int32) throws {
    let (shell, terminal) = try Self.prompt("echo $$ > pid; echo waiting; exec sleep 9999")
    terminal.send("1" + Self.key)
    try terminal.waitForText("waiting")
    let editor = try #require(pid_t(shell.home.read("pid").split(separator: "\n").joined()))
    terminal.signal(number)
    #expect(try terminal.waitForExit(within: Shell.patience) == .exited(status))
    #expect(kill(editor, 0) != 0 && Self.isClean(shell))
  }

  /// Beside Ctrl-X Ctrl-E also vi's own key, whose libedit would run the text at once.
  @Test func viKeysOpenItToo() throws {
    var shell = try Shell()
    try Self.prepare(&shell, #"echo "'ch' .. 'anged'" > $1"#, ["EDITOR": "./editor"])
    try shell.home.write(".editrc", "bind -v\n")
    let terminal = try shell.terminal()
    try terminal.waitForPrompt()
    for keys in ["1" + Self.key, "1" + Key.escape + "v"] {
      terminal.send(keys)
      try terminal.waitForText("mfsh> 'ch' .. 'anged'")
      try terminal.enter("")
      terminal.send(Key.control("L"))
      try terminal.waitForScreen("an empty screen") { $0.rows == ["mfsh>"] }
    }
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }
}
