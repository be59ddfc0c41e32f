import Sandbox
import TestSupport
import Testing

/// What one-shots and traces print of a server's texts, on a terminal and into the log of a build service.
@Suite(.serialized) struct OneShotTextSafetyTests {
  static let login = ["-u", "u", "--password-command", "echo p"]
  // What a script sends with io.write goes out as it is, as the help says.
  static let commands: [[String]] = [
    ["whoami"], ["whoami", "-o", "json"], ["whoami", "-o", "csv"], ["whoami", "-v"], ["vaults"],
    ["vaults", "-o", "json"], ["vaults", "-o", "csv"], ["api", "/session"], ["api", "/session", "-o", "csv"],
    ["api", "/session", "-o", "json"], ["api", "/plain"], ["api", "/plain", "-o", "json"],
    ["api", "/refused"],
    ["api", "/html"], ["api", "/moved", "-v"],
    ["vaults", "--vault", TextSafetyTests.raw.filter { $0 != "\0" }],
    ["doctor"], ["doctor", "-o", "json"], ["doctor", "-o", "csv"], ["doctor", "-v"],
    ["-e", "session.login() print(select(2, pcall(session.request, {path='/refused'})).message)"],
    ["-e", "session.login() print(select(2, pcall(session.request, {path='/refused'})).cause)"],
    ["-e", "session.login() error(select(2, pcall(session.request, {path='/refused'})).cause)"],
    ["-v", "-e", "session.login() session.request{path='/refused'}"],
    [
      "-e", "session.login() print(json.encode(session.info())) warn('@on') warn(session.info().AccountName)",
    ],
  ]

  /// Vaults, account and refusals hold dangers, and so do the resources that doctor looks at.
  static func servers() throws -> [LyingServer] {
    let json = TextSafetyTests.json
    let status = ScriptedServer.Answer.json(#"{"Successful":true,"Message":"\#(json)"}"#)
    let plugin = #"[{"Name":"\#(json)","IsDefault":true,"AssemblyName":"\#(json)","Protocol":"\#(json)"}]"#
    let page = ScriptedServer.Answer.page("<title>\(TextSafetyTests.raw)</title>")
    return [
      try TextSafetyTests.server(),
      try TextSafetyTests.server([
        "GET /REST/server/status": status, "GET /REST/server/authenticationprotocols": .json(plugin),
      ]),
      try LyingServer(["GET /REST/server/status": page, "GET /REST/session": page, "PUT /REST/session": page]
      ),
    ]
  }

  @Test(arguments: commands) func nothingReachesTheTerminal(_ command: [String]) async throws {
    try await aside { try Self.checkTerminal(command) }
  }

  private static func checkTerminal(_ command: [String]) throws {
    for (number, server) in try Self.servers().enumerated() {
      let shell = try Shell()
      let terminal = try shell.terminal(command.placing(["--url", server.url] + Self.login), columns: 200)
      _ = try terminal.waitForExit(within: Shell.patience)
      // The text was there to be printed; a refusal's is no part of our message.
      let isTold = number == 1 || number == 0 && command[0] != "doctor"
      let isOurs = command.contains { $0.contains("refused") && !$0.contains(".cause") }
      #expect(!isTold || isOurs || terminal.screenText.contains("evil"), "\(terminal.screenText)")
      #expect(TextSafetyTests.dangers(in: terminal.rawOutput).isEmpty, "\(terminal.screenText)")
    }
  }

  @Test(arguments: commands, ["CI", "GITHUB_ACTIONS"])
  func nothingReachesALogAsACommand(_ command: [String], variable: String) async throws {
    try await aside { try Self.checkLog(command, variable) }
  }

  private static func checkLog(_ command: [String], _ variable: String) throws {
    for server in try Self.servers() {
      var shell = try Shell()
      shell.environment = [variable: "true"]
      let result = try shell.run(command.placing(["--url", server.url] + Self.login))
      let written = result.output + "\n" + result.error
      for line in written.split(whereSeparator: \.isNewline) {
        #expect(!line.drop { $0.isWhitespace }.hasPrefix("::") && !line.contains("##["), "\(written)")
      }
      #expect(TextSafetyTests.dangers(in: Array(written.utf8)).isEmpty, "\(written)")
    }
  }

  /// The sandbox's own fault of this kind, whatever is asked.
  @Test func theFaultOfTheSandboxIsHarmless() async throws { try await aside(Self.checkFault) }

  @Sendable private static func checkFault() throws {
    let sandbox = try SandboxServer()
    for path in ["/session", "/session/vaults", "/server/status", "/server/authenticationprotocols"] {
      sandbox.setFaults([try Fault("control,exact=true,path=\(path)")])
      for command in ["whoami", "vaults", "doctor"] {
        let login = ["--url", sandbox.url, "-u", "editor", "--password-command", "echo demo"]
        let shell = try Shell()
        let terminal = try shell.terminal([command] + login)
        _ = try terminal.waitForExit(within: Shell.patience)
        #expect(TextSafetyTests.dangers(in: terminal.rawOutput).isEmpty, "\(command), \(path)")
      }
    }
  }
}

extension [String] {
  /// The options behind the command word, or in front of the others: options end at the first argument.
  fileprivate func placing(_ options: [String]) -> [String] {
    first?.hasPrefix("-") == true ? options + self : [self[0]] + options + dropFirst()
  }
}
