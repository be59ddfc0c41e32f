import Sandbox
import TestSupport
import Testing

/// Changes are locked: nothing that could change something reaches the server.
struct LockTests {
  /// A shell with a production profile at this sandbox, which is asked for by `--profile prod`.
  private func production(_ sandbox: SandboxServer, _ extra: String = "") throws -> Shell {
    var shell = try Shell()
    try shell.write(
      profiles: """
        return { prod = { url = "\(sandbox.url)", user = "editor", password = { command = {"echo", "demo"} },
                          vault = "Finance", production = true\(extra) } }
        """)
    shell.options = ["--profile", "prod"]
    return shell
  }

  /// Prints how the deletion of an object that is not there ends: `request.not_found` when it was sent.
  private static let attempt = """
    local function attempt(s)
      local ok, e = pcall(s.request, {method = "DELETE", path = "/objects/0/1"})
      print(e.code)
    end

    """

  @Test func nothingThatChangesIsSentForAProductionProfile() throws {
    let sandbox = try SandboxServer()
    let result = try production(sandbox).run(
      """
      session.login()
      local codes = {}
      local function try(t) codes[#codes + 1] = select(2, pcall(session.request, t)).code end
      for _, method in ipairs{"POST", "PUT", "DELETE", "post"} do try{method = method, path = "/objects/0"} end
      try{path = "/objects/0/1?_method=DELETE"}
      try{path = "/objects/0/1.aspx", query = {_METHOD = "DELETE"}}
      try{path = "/objects/0/1?_%6dethod=DELETE"}
      try{path = "/MFWS.ashx?restPath=objects/0/1"}
      try{path = "/objects/0/1", headers = {["X-HTTP-Method-Override"] = "DELETE"}}
      try{path = "/objects/0/1", body = {a = 1}}
      local s <close> = session.open{}
      local more = tasks.map({1, 2, 3}, function()
        return select(2, pcall(s.request, s, {method = "PUT", path = "/objects/0"})).code
      end)
      table.move(more, 1, #more, #codes + 1, codes)
      print(#codes, #table.concat(codes) == #codes * #"client.locked", codes[1])
      print(session.use("Sample Vault").Name, session.info().AccountName)
      """)
    #expect(result == (.exited(0), "13\ttrue\tclient.locked\nSample Vault\teditor\n", ""))
    #expect(sandbox.stats.requestsByPath.keys.allSatisfy { !$0.contains("objects") }, "\(sandbox.stats)")
    #expect(sandbox.stats.logins == 2 && sandbox.stats.liveSessions == 0)
  }

  @Test func anOpenSessionObeysTheLock() throws {
    let sandbox = try SandboxServer()
    let result = try production(sandbox).run(
      Self.attempt + """
        session.login()
        attempt(session)
        mfsh.unlock("prod") attempt(session)
        mfsh.lock() attempt(session)
        print(select(2, pcall(mfsh.unlock)).message)
        print(select(2, pcall(mfsh.unlock, "prd")).code)
        attempt(session)
        """)
    #expect(
      result.output == """
        client.locked
        request.not_found
        client.locked
        prod is a production profile, and its name is the confirmation: mfsh.unlock("prod")
        client.usage
        client.locked

        """)
    #expect(sandbox.stats.requestsByPath["DELETE /objects/0/1"] == 1)
  }

  @Test func whoOptsOutIsNotLocked() throws {
    let sandbox = try SandboxServer()
    let code = Self.attempt + "session.login() attempt(session)"
    let open = "request.not_found\n"
    #expect(try production(sandbox, ", read_only = false").run(code).output == open)
    #expect(try production(sandbox).run(["--read-write", "-e", code]).output == open)
    let call = Self.attempt + "session.login{read_only = false} attempt(session) mfsh.lock() attempt(session)"
    #expect(try production(sandbox).run(call).output == open + "client.locked\n")
    let both = try production(sandbox).run(["--read-write", "--read-only", "-e", code])
    #expect(
      both.status == .exited(64) && both.error.contains("--read-only and --read-write exclude each other"))
  }

  @Test func codeCannotLiftTheOption() throws {
    let sandbox = try SandboxServer()
    let code = """
      session.login{user = "editor", password = "demo"}
      print(select(2, pcall(mfsh.unlock)).message)
      attempt(session)
      """
    let result = try Shell(server: sandbox.url).run(["--read-only", "-e", Self.attempt + code])
    let refusal = "--read-only was given, and code cannot lift it: type \\unlock at the prompt"
    #expect(result.output == refusal + "\nclient.locked\n")
    #expect(sandbox.stats.requestsByPath["DELETE /objects/0/1"] == nil)
  }

  @Test func theServerIsToldOfASessionForReading() throws {
    let sandbox = try SandboxServer()
    let code = """
      session.login{user = "editor", password = "demo", read_only = true, vault = "Finance"}
      print(session.info().LicenseAllowsModifications)
      mfsh.unlock()
      attempt(session)
      """
    let result = try Shell(server: sandbox.url).run(Self.attempt + code)
    #expect(result.output == "false\nclient.locked\n")
    // The lock of a production profile is ours: it can be opened.
    let other = try production(sandbox).run(
      "session.login() print(session.info().LicenseAllowsModifications)")
    #expect(other.output == "true\n")
  }

  @Test func oneShotsAreLockedToo() throws {
    let sandbox = try SandboxServer()
    let shell = try production(sandbox)
    let locked = try shell.run(["api", "-X", "DELETE", "/objects/0/1"])
    #expect(locked.status == .exited(77) && locked.error.contains("prod is a production profile: only GET"))
    #expect(sandbox.stats.requestsByPath["DELETE /objects/0/1"] == nil)
    let sent = try shell.run(["api", "-X", "DELETE", "/objects/0/1", "--read-write"])
    #expect(sent.error.contains("no such resource"))
    #expect(sandbox.stats.requestsByPath["DELETE /objects/0/1"] == 1 && sandbox.stats.liveSessions == 0)
  }
}
