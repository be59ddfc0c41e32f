import TestSupport
import Testing

/// Text from a server reaches neither a terminal with its control characters nor a CI log as a command.
struct TextSafetyTests {
  /// What would set a terminal's title, clear it, end a string, turn the writing direction, command a build service.
  static let json =
    #"E\u001b]0;evil\u0007\u001b[2J\u009b31m\u0000\u202e\r\n::error::evil\n##[command]evil\nZ"#
  static let raw = "E\u{1B}]0;evil\u{7}\u{1B}[2J\u{9B}31m\u{202E}\r\n::error::evil\n##[command]evil\nZ"
  static let guid = "{C840BE1A-5B47-4AC0-8EF7-835C166C8E24}"

  /// Lies in every text that a server gives, and in those besides.
  static func server(_ others: [String: ScriptedServer.Answer] = [:]) throws -> LyingServer {
    let vaults = ScriptedServer.Answer.json(
      #"[{"Name":"\#(json)","GUID":"\#(guid)"},{"Name":"Two","GUID":"{6D1A7C52-0B7E-4F7B-9E2D-3C5A81F0B4D1}"}]"#
    )
    let refusal =
      #"{"Status":500,"Message":"\#(json)","ExceptionName":"\#(json)","Stack":"Reference: \#(json)"}"#
    let lies: [String: ScriptedServer.Answer] = [
      "PUT /REST/session": vaults, "GET /REST/session/vaults": vaults,
      "PUT /REST/session/vault": .json(#"{"Name":"\#(json)","GUID":"\#(guid)"}"#),
      "GET /REST/session": .json(#"{"AccountName":"\#(json)","\#(json)":"\#(json)","List":["\#(json)"]}"#),
      "GET /REST/html": .page("<title>\(raw)</title>"),
      "GET /REST/refused": .json(refusal, status: 500),
      "GET /REST/moved": .page("", status: 302, fields: ["Location: https://h/\u{1B}]0;evil\u{7}"]),
      "GET /REST/plain": .page(raw, type: "text/plain"),
    ]
    return try LyingServer(lies.merging(others) { $1 })
  }

  static let statements = [
    "session.info()", "session.vaults()", "session.info().AccountName", "session.use('\(guid)')",
    "print(session.info().AccountName)", "error(session.info().AccountName)",
    "error(session.info().AccountName, 0)",
    "error(setmetatable({}, {__tostring=function() return "
      + "session.info().AccountName end}))",
    "session.request{path='/html'}", "session.request{path='/refused'}", "session.request{path='/moved'}",
    "session.request{path='/plain'}", "select(2, pcall(session.request, {path='/refused'}))",
    "print(select(2, pcall(session.request, {path='/html'})))",
    "for k, v in pairs(select(2, pcall(session.request, {path='/refused'}))) do print(k, v) end",
    "load(session.info().AccountName, session.info().AccountName)", "session.use(session.info().AccountName)",
    "json.decode(session.info().AccountName)", "_G[session.info().AccountName]()",
    "secret.env(session.info().AccountName)", "help(session.info().AccountName)",
  ]

  static let patterns: [[UInt8]] = [
    Array("\u{1B}]".utf8), Array("\u{1B}[2J".utf8), Array("\u{9B}".utf8), Array("\u{202E}".utf8), [0], [7],
  ]

  static func dangers(in bytes: [UInt8]) -> [[UInt8]] { patterns.filter { bytes.firstRange(of: $0) != nil } }

  @Test func nothingReachesTheTerminal() throws {
    let server = try Self.server()
    let terminal = try Shell(server: server.url).terminal([
      "--user", "u", "--password-command", "echo p",
    ])
    try terminal.show("u> ")
    for (number, statement) in Self.statements.enumerated() {
      try terminal.enterForAnyPrompt(statement)
      try terminal.wait(for: "the prompt after \(statement)") { terminal.screenText.hasSuffix("> ") }
      try terminal.type("'number' .. \(number)", until: "\"number\(number)\"\n")
      try terminal.show("> ")
      #expect(Self.dangers(in: terminal.rawOutput).isEmpty, "\(statement)")
    }
    #expect(terminal.screenText.contains("u@E\\x1B]0;evil"))
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test(arguments: ["CI", "GITHUB_ACTIONS"]) func nothingReachesALogAsACommand(variable: String) throws {
    let server = try Self.server()
    var shell = try Shell(server: server.url)
    shell.environment = [variable: "true"]
    for statement in Self.statements {
      let code = "session.login{user='u', password='p'} local x = \(statement.hasPrefix("for") ? "1 " : "")"
      let result = try shell.run(code + statement)
      for line in (result.output + "\n" + result.error).split(whereSeparator: \.isNewline) {
        #expect(!line.drop { $0.isWhitespace }.hasPrefix("::") && !line.contains("##["), "\(statement)")
      }
      #expect(Self.dangers(in: Array((result.output + result.error).utf8)).isEmpty, "\(statement)")
    }
  }

  /// Errors are safe wherever they go; what a script prints into a file or pipe stays as it is.
  @Test func errorsAreOneSafeLineEverywhere() throws {
    let server = try Self.server()
    for path in ["/html", "/refused", "/moved"] {
      let result = try Shell(server: server.url).run(
        "session.login{user='u', password='p'} session.request{path='\(path)'}")
      #expect(result.status == .exited(69) && result.error.count { $0 == "\n" } == 1, "\(path)")
      #expect(Self.dangers(in: Array(result.error.utf8)).isEmpty)
    }
    let printed = try Shell(server: server.url).run(
      "session.login{user='u', password='p'} print(session.info().AccountName)")
    #expect(printed.output.contains("\u{1B}]0;evil\u{7}") && printed.output.contains("\r\n::error::evil\n"))
  }
}
