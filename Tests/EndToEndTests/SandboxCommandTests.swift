import Glibc
import TestSupport
import Testing

/// `mfsh sandbox`.
struct SandboxCommandTests {
  /// Starts one, waits for its address, which is the first line, and ends it after `body`.
  static func serving(
    _ options: [String] = [], in shell: Shell, until number: Int32 = SIGTERM, body: (String) throws -> Void
  ) throws {
    let process = try shell.start(["sandbox", "--port", "0"] + options)
    let url = String(try process.expectPatiently("\n").dropLast())
    try body(url)
    process.signal(number)
    #expect(try process.waitPatiently() == .exited(0))
    #expect(process.outputText == url + "\n" && process.errorText == "")
  }

  @Test(arguments: [SIGTERM, SIGINT]) func itServesFromItsFirstLineToASignal(number: Int32) throws {
    let shell = try Shell()
    try Self.serving(in: shell, until: number) { url in
      #expect(url.hasPrefix("http://127.0.0.1:") && !url.hasSuffix("/") && !url.hasSuffix(":0"))
      let result = try shell.run([
        "--url", url, "-e",
        "print(#server.vaults() >= 0) session.login{user='editor', password='demo'} print(#session.vaults())",
      ])
      #expect(result == (.exited(0), "true\n2\n", ""))
    }
  }

  @Test func aPortThatIsTaken() throws {
    let shell = try Shell()
    try Self.serving(in: shell) { (url) throws in
      let port = String(url.split(separator: ":").last ?? "")
      let result = try shell.run(["sandbox", "--port", port])
      #expect(result.status == .exited(78) && result.output == "")
      #expect(result.error.hasPrefix("mfsh: ") && result.error.contains(port))
      #expect(result.error.count { $0 == "\n" } == 1)
    }
  }

  @Test func aSeedOfOnesOwn() throws {
    let shell = try Shell()
    let seed = try shell.home.write(
      "seed.json",
      """
      {"vaults": [{"name": "Sales", "guid": "{0A1B2C3D-0000-4000-8000-000000000001}"}],
       "accounts": [{"name": "jo", "password": "pw", "full_name": "Jo Doe", "vaults": ["Sales"]}]}
      """)
    try Self.serving(["--seed", seed], in: shell) { (url) throws in
      let result = try shell.run([
        "--url", url, "-e",
        """
        print(session.login{user="jo", password="pw"}[1].Name, session.info().AccountName)
        print(select(2, pcall(session.login, {user="editor", password="demo"})).code)
        """,
      ])
      #expect(result == (.exited(0), "Sales\tjo\ndenied.credentials\n", ""))
    }
  }

  static let seeds: [(text: String, message: String)] = [
    ("{", "the seed is not valid JSON; look for a missing or needless comma, quote or bracket"),
    ("[]", "seed: the file must be an object"), (#"{"accounts": []}"#, "seed: vaults is missing; add it"),
    (#"{"vaults": [], "acounts": []}"#, #"seed: acounts is unknown; did you mean "accounts"?"#),
    (
      #"{"vaults": [{"name": "A", "guid": "x"}], "accounts": []}"#,
      "seed: vaults[0].guid must be a GUID such as {C840BE1A-5B47-4AC0-8EF7-835C166C8E24}"
    ),
    (
      #"{"vaults": [], "accounts": [{"name": "a", "password": "geheim", "vaults": "*", "license": "x"}]}"#,
      "seed: accounts[0].license must be one of none, named, concurrent, readonly"
    ),
    (
      #"{"vaults": [], "accounts": [{"name": "a", "password": "geheim", "vaults": ["B"]}]}"#,
      "seed: accounts[0].vaults[0] names no vault of this seed"
    ),
  ]

  @Test(arguments: seeds) func seedsWithFaults(text: String, message: String) throws {
    let shell = try Shell()
    let seed = try shell.home.write("seed.json", text)
    let result = try shell.run(["sandbox", "--port", "0", "--seed", seed])
    #expect(result == (.exited(78), "", "mfsh: \(message)\n"))
    #expect(
      try shell.run("mfsh.sandbox{seed='\(seed)'}").error.contains(message)
        && shell.run(["sandbox", "--seed", "none"]).status == .exited(64))
  }

  @Test func severalNodes() throws {
    let shell = try Shell()
    let code = """
      local s = {}
      for i = 1, 4 do s[i] = session.open{user="editor", password="demo", via=i % 2 == 0 and "token" or "session"} end
      for round = 1, 3 do for i = 1, 4 do assert(s[i]:info().AccountName == "editor") end end
      print(s[1]:logout(), s[2]:logout())
      """
    try Self.serving(["--nodes", "2"], in: shell) { (url) throws in
      #expect(try shell.run(["--url", url, "-e", code]) == (.exited(0), "true\ttrue\n", ""))
    }
  }

  @Test func serversThatLetOnlyGetAndPostThrough() throws {
    let shell = try Shell()
    let code = """
      session.login{user="editor", password="demo", vault="Finance"} print(session.vault().Name, session.logout())
      """
    try Self.serving(["--verbs", "post-only"], in: shell) { (url) throws in
      #expect(try shell.run(["--url", url, "-e", code]) == (.exited(0), "Finance\ttrue\n", ""))
      let answer = try ChildProcess.run([
        "curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "-X", "DELETE", "\(url)/REST/session",
      ])
      #expect(answer.output == "405")
    }
  }

  @Test func sandboxesInScripts() throws {
    let result = try Shell().run(
      """
      local box = mfsh.sandbox{nodes=2}
      session.login{url=box.url, user="editor", password="demo"}
      print(box:stats().live_sessions, session.logout(), box:stats().live_sessions, box:stats().logouts)
      box:stop()
      print(select(2, pcall(session.login, {url=box.url, user="editor", password="demo"})).code)
      """)
    #expect(result == (.exited(0), "1\ttrue\t0\t1\nnetwork.connect\n", ""))
  }

  @Test func faultsAndTheirMistakes() throws {
    let shell = try Shell()
    try Self.serving(["--fault", "status=503,path=/session,count=1", "--fault", "delay=0"], in: shell) {
      (url) throws in
      let code = "session.login{user='editor', password='demo'}"
      let result = try shell.run(["--url", url, "-e", code])
      #expect(result.status == .exited(75) && result.error.contains("503"))
      #expect(try shell.run(["--url", url, "-e", code]).status == .exited(0))
      let seen = try ChildProcess.run(["curl", "-s", "\(url)/sandbox/faults"]).output
      #expect(seen.hasPrefix(#"[{"status":503,"path":"/session","count":1,"fired":1},{"delay":0.0,"fired":"#))
    }
    #expect(
      try shell.run(["sandbox", "--fault", "rest"])
        == (.exited(64), "", "mfsh: --fault: rest is unknown; did you mean \"reset\"?\n"))
  }

  @Test func tlsWithItsAuthority() throws {
    let shell = try Shell()
    let file = shell.home.path("ca.pem")
    try Self.serving(["--tls", "--tls-ca", file, "--path", "/m-files"], in: shell) { (url) throws in
      #expect(url.hasPrefix("https://127.0.0.1:") && url.hasSuffix("/m-files"))
      let seen = try ChildProcess.run(["curl", "-s", "--cacert", file, "\(url)/REST/server/status"]).output
      #expect(seen == #"{"Successful":true,"Message":""}"#)
      let code = "session.login{user='editor', password='demo'} print(#session.vaults())"
      #expect(try shell.run(["--url", url, "--cacert", file, "-e", code]) == (.exited(0), "2\n", ""))
    }
    #expect(
      try shell.run(["sandbox", "--tls-ca", file])
        == (.exited(64), "", "mfsh: --tls-ca means nothing without --tls; add it\n"))
  }

  @Test func singleSignOnBehindATrustedProxy() throws {
    let shell = try Shell()
    let secret = try shell.home.write("proxy", "between us\n")
    try Self.serving(["--trusted-proxy", secret], in: shell) { (url) throws in
      func status(_ secret: String) throws -> String {
        try ChildProcess.run([
          "curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "-H", #"X-Remote-User: SANDBOX\winuser"#,
          "-H",
          "X-Proxy-Secret: \(secret)", "\(url)/WebServiceSSO.aspx?popup=1",
        ]).output
      }
      #expect(try status("between us") == "200")
      #expect(try status("a guess") == "401")
    }
    let open = try shell.home.write("open", "between us\n", mode: 0o644)
    let result = try shell.run(["sandbox", "--trusted-proxy", open])
    #expect(result.status == .exited(78) && result.error.contains("chmod 600"))
  }

  @Test func theEvidenceOfItsAnswers() throws {
    let result = try Shell().run(["sandbox", "--evidence"])
    #expect(result.status == .exited(0) && result.error == "")
    #expect(result.output.hasPrefix("REQUEST"))
    for word in ["documented", "recorded", "assumed"] { #expect(result.output.contains(" \(word)\n")) }
  }

  @Test func sandboxesThatMisbehaveInScripts() throws {
    let result = try Shell().run(
      """
      local box = mfsh.sandbox{nodes=2, licenses=1, mode="normal", faults={{status=503, path="/session", count=1}}}
      local login = {url=box.url, user="concurrent", password="demo"}
      print(select(2, pcall(session.login, login)).code, box:faults()[1].fired)
      print(#box:faults{}, #session.login(login), box:stats().live_licenses)
      print(box:stats().requests_by_path["PUT /session"], box:stats().refused_logins, box.ca)
      print((select(2, pcall(box.faults, box, {{rset=true}})).message:match("rset.*")))
      print((select(2, pcall(box.nodes, box, {stop=3})).message:match("there.*")))
      print((select(2, pcall(mfsh.sandbox, {mode="stoped"})).message:match("did.*")))
      print(mfsh.sandbox{tls=true}.ca:match("BEGIN CERTIFICATE"))
      """)
    #expect(
      result == (
        .exited(0),
        """
        server.busy\t1
        0\t1\t1
        2\t0\tnil
        rset is unknown; did you mean "reset"?
        there is no node 3
        did you mean "stopped"?
        BEGIN CERTIFICATE

        """, ""
      ))
  }
}
