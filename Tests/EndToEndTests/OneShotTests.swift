import Glibc
import Sandbox
import TestSupport
import Testing

/// Commands that ask a server one thing: they log in, print, and leave no session behind.
struct OneShotTests {
  private let sandbox: SandboxServer
  private let shell: Shell

  init() throws {
    sandbox = try SandboxServer()
    shell = try Shell()
  }

  private func ask(_ arguments: [String], input: String = "demo\n") throws -> Shell.Outcome {
    try shell.run(arguments + ["--url", sandbox.url, "-u", "editor", "--password-stdin"], input: input)
  }

  @Test func whoamiIsTheSessionInfo() throws {
    let table = try ask(["whoami"])
    #expect(table.status == .exited(0) && table.error.isEmpty)
    #expect(
      table.output.hasPrefix("ACLMode                      1\nAccountName                  \"editor\"\n"))
    #expect(table.output.contains("ServerVaultCapabilities") && table.output.contains(" {…"))
    #expect(table.output.split(separator: "\n").allSatisfy { $0.count <= 100 })
    let json = try ask(["whoami", "-o", "json"])
    #expect(
      json.status == .exited(0)
        && json.output.hasPrefix("{\n  \"ACLMode\": 1,\n  \"AccountName\": \"editor\",\n"))
    #expect(json.output.hasSuffix("}\n"))
    let address = try shell.run(
      ["whoami", "--output=csv", "-ueditor", "--password-command", "echo demo", sandbox.url])
    #expect(address.status == .exited(0) && address.output.hasPrefix("ACLMode,AccountName,"))
    #expect(sandbox.stats.liveSessions == 0 && sandbox.stats.logins == 3)
  }

  @Test func vaultsInEachFormat() throws {
    let guids = ["{C840BE1A-5B47-4AC0-8EF7-835C166C8E24}", "{6D1A7C52-0B7E-4F7B-9E2D-3C5A81F0B4D1}"]
    #expect(
      try ask(["vaults"]).output == """
        Name          GUID                                    Authentication  DNSNames
        Sample Vault  \(guids[0])  secret(•••)     {"\(sandbox.url)"}
        Finance       \(guids[1])  secret(•••)     {"\(sandbox.url)"}

        """)
    #expect(
      try ask(["vaults", "-o", "csv"]).output == """
        Name,GUID,Authentication,DNSNames\r
        Sample Vault,\(guids[0]),***,"[""\(sandbox.url)""]"\r
        Finance,\(guids[1]),***,"[""\(sandbox.url)""]"\r

        """)
    #expect(
      try ask(["vaults", "-ojson"]).output.hasPrefix(
        "[\n  {\n    \"Authentication\": \"***\",\n    \"DNSNames\": [\n      \"\(sandbox.url)\"\n    ],\n"))
    #expect(sandbox.stats.liveSessions == 0)
  }

  @Test func apiRequestsAnyResource() throws {
    #expect(try ask(["api", "/session/userid"]) == (.exited(0), "{\n  \"Value\": 2\n}\n", ""))
    #expect(try ask(["api", "/session/userid", "-o", "table"]) == (.exited(0), "Value  2\n", ""))
    #expect(try ask(["api", "/session/vaults", "-o", "table"]).output == ask(["vaults"]).output)
    #expect(try ask(["api", "session/userid", "-o", "csv"]).output == "Value\r\n2\r\n")
    try shell.home.write("vault.json", #"{"Name": "Finance"}"#)
    let bodies = [#"{"Name": "Finance"}"#, "@vault.json"]
    for body in bodies {
      let entered = try ask(["api", "-X", "put", "/session/vault", "-d", body])
      #expect(entered.status == .exited(0) && entered.output.contains("\"Name\": \"Finance\"\n"))
    }
    let piped = try shell.run(
      [
        "api", "-XPUT", "/session/vault", "-d-", "-u", "editor", "--password-command", "echo demo", "--url",
        sandbox.url,
      ],
      input: bodies[0])
    #expect(piped.status == .exited(0) && piped.output.contains("\"Authentication\": \"***\",\n"))
    #expect(sandbox.stats.liveSessions == 0)
  }

  @Test func whatIsNoJSONIsPrintedAsItCame() throws {
    let lies: [String: ScriptedServer.Answer] = [
      "GET /REST/text": .page("one\ntwo", type: "text/plain"), "GET /REST/nothing": .page("", status: 204),
      "GET /REST/exact": .json(#"{"n":9007199254740993,"z":null,"e":[],"s":"\u00e4"}"#),
    ]
    let server = try LyingServer(lies)
    func get(_ path: String, _ options: String...) throws -> String {
      try shell.run(
        ["api", path, "--url", server.url, "-u", "liar", "--password-command", "echo demo"] + options
      ).output
    }
    #expect(try get("/text") == "one\ntwo\n")
    #expect(try get("/text", "-o", "table") == "one\ntwo\n")
    #expect(try get("/text", "-o", "json") == "\"one\\ntwo\"\n")
    #expect(try get("/nothing").isEmpty)
    #expect(
      try get("/exact", "-o", "json") == """
        {
          "e": [],
          "n": 9007199254740993,
          "s": "ä",
          "z": null
        }

        """)
    #expect(server.isLeftClean)
  }

  static let failures: [(arguments: [String], input: String, status: Int32, error: String)] = [
    (
      ["whoami"], "wrong\n", 77,
      "the server refused the login of \"editor\": check user name, password and account"
    ),
    (
      ["vaults", "--vault", "Human Resources"], "demo\n", 77,
      "\"editor\" may log in but not enter the vault \"Human Resources\": check its name; "
        + "mfsh vaults without --vault lists those it may enter"
    ),
    (
      ["vaults", "--vault", "Financ"], "demo\n", 77,
      "there is no vault \"Financ\" that this account may enter: did you mean \"Finance\"?"
    ),
    (["api", "/nope"], "demo\n", 1, "GET /nope: the server has no such resource: check the path"),
    (
      ["api", "-X", "PUT", "/session/vault", "-d", "{}", "--read-only"], "demo\n", 77,
      "--read-only was given: only GET requests, logins, session.use and logouts are sent; leave it out, or type \\unlock at the prompt"
    ),
    (["api"], "", 64, "api needs a path below /REST; for example mfsh api /session/vaults"),
    (
      ["api", "https://host/REST/session"], "", 64,
      "api needs a path below /REST, not an address; give that with --url"
    ),
    (
      ["api", "/session", "-d", "no json"], "demo\n", 64,
      "the body of -d is no JSON; write it like '{\"Name\": \"value\"}', or name a file: -d @FILE"
    ),
    (
      ["api", "/session", "-d", "-"], "demo\n", 64,
      "--password-stdin and -d - both read standard input; use --password-command, or -d @FILE"
    ),
    (
      ["api", "/session", "-d", "@none"], "demo\n", 64,
      "cannot read none: No such file or directory; check the path"
    ),
    (
      ["whoami", "m.example.com"], "", 64,
      "'m.example.com' is no address; write https://m.example.com, or see mfsh help whoami"
    ),
    (
      ["whoami", "me"], "", 64,
      "unexpected argument 'me'; an account is written -u me, a server https://me, see mfsh help whoami"
    ),
    (["vaults", "https://host"], "", 64, "the server is named twice; give either --url or one address"),
    (
      ["vaults", "-o", "xml"], "", 64,
      "--output needs one of table, json, csv, not 'xml'; for example --output table"
    ),
  ]

  @Test(arguments: failures)
  func failuresSayWhatToDo(arguments: [String], input: String, status: Int32, error: String) throws {
    let result = try ask(arguments, input: input)
    #expect(result == (.exited(status), "", "mfsh: \(error)\n"))
    #expect(sandbox.stats.liveSessions == 0)
  }

  @Test func withoutAServerItSaysHowToNameOne() throws {
    #expect(
      try shell.run(["whoami", "-u", "editor"])
        == (
          .exited(64), "",
          "mfsh: no server is known: give an address such as https://host, the option --url, or the variable MFILES_URL\n"
        ))
  }

  /// The password is asked for on a terminal, and Ctrl-C while the server is silent leaves no session.
  @Test func aTerminalIsAskedAndCanInterrupt() throws {
    let server = try LyingServer(["GET /REST/session": .silence])
    let terminal = try shell.terminal(["whoami", "-u", "editor", server.url])
    try terminal.show("Password for editor: ")
    terminal.send("demo\r")
    try terminal.wait(for: "the question", within: Shell.patience) {
      server.names.contains("GET /REST/session")
    }
    terminal.send("\u{3}")
    #expect(try terminal.waitForExit(within: Shell.patience) == .signalled(SIGINT))
    #expect(server.isLeftClean)
  }
}
