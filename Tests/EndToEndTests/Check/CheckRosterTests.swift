import Sandbox
import TestSupport
import Testing

/// Rosters of all kinds, and what they must not do.
struct CheckRosterTests {
  @Test func aRosterCanComeFromStandardInput() throws {
    let bench = try CheckBench()
    let outcome = try bench.shell.run(
      ["check", "-"] + CheckBench.options, input: "account;secret\nu0;pw\nu1;pw\n")
    #expect(outcome.status == .exited(0) && outcome.output.hasPrefix("2 rows: 2 as ordered\n"))
  }

  private static let codes: [(code: String, output: String, error: String)] = [
    (
      "return {{account = 'u0', secret = 'pw', vaults = {'Sales'}}, {account = 'u1', secret = 'pw'}}",
      "2 rows: 2 as ordered\n", ""
    ),
    (
      "local n = -1\nreturn function() n = n + 1 if n < 700 then return {account = 'u' .. n, tags = n > 5 and {} or {'a'}, secret = 'pw'} end end",
      "6 rows: 6 as ordered\n", ""
    ),
    (
      "return coroutine.wrap(function() coroutine.yield{account = 'u0', secret = 'pw'} end)",
      "1 row: 1 as ordered\n", ""
    ),
    (
      "return {{acount = 'u0'}}", "",
      "roster.lua: row 1: the column \"acount\" is unknown: did you mean account? Rename it\n"
    ),
    (
      "return {{account = 'u0', id = 'a'}, {account = 'u1', id = 'a'}}", "",
      "roster.lua: row 2: the id \"a\" is that of roster.lua: row 1 already: give each row its own\n"
    ),
    ("return {{account = 'u0'}, 7}", "", "mfsh: roster.lua: row 2 is no table: write {account = \"name\"}\n"),
    (
      "return 7", "",
      "mfsh: roster.lua: it must return a list of rows, or a function that gives one after the other\n"
    ),
    (
      "return {account = 'u0', secret = 'pw'}", "",
      "mfsh: roster.lua: the table that it returns is no list: put braces around each row, {{account = \"name\"}}\n"
    ),
    ("local x = }", "", "mfsh: roster.lua:1: unexpected symbol near '}'\n"),
    ("error('no')", "", "mfsh: roster.lua:1: no\n"),
  ]

  @Test(arguments: codes.indices) func luaMakesRows(_ index: Int) throws {
    let (code, output, error) = Self.codes[index]
    let bench = try CheckBench()
    try bench.shell.home.write("roster.lua", code)
    let outcome = try bench.shell.run(
      ["check", "roster.lua"] + CheckBench.options + (output.hasPrefix("6") ? ["--tag", "a"] : []))
    #expect(outcome.status == .exited(output.isEmpty ? 65 : 0), "\(outcome.error)")
    #expect(output.isEmpty ? outcome.output.isEmpty : outcome.output.hasPrefix(output))
    #expect(outcome.error.hasPrefix(error))
  }

  /// A roster is data from elsewhere.
  @Test(
    arguments: [
      "os.execute('touch reached')", "io.open('reached', 'w')", "require('os')", "dofile('x.lua')",
      "load('return os')()", "session.login{user='u0'}", "secret.env('CHECK_PASSWORD')", "print(1)",
      "_G.os.execute('touch reached')", "debug.getregistry()", "package.loaded.os.exit(0)",
      "getmetatable('').__index.x = 1", "mfsh.sandbox{}", "string.dump(function() end)", "json.decode('1')",
      "collectgarbage()", "server.status()", "tasks.sleep(1)",
    ]) func aLuaRosterReachesNothing(_ code: String) throws
  {
    let bench = try CheckBench()
    try bench.shell.home.write("roster.lua", code + "\nreturn {}")
    let outcome = try bench.check("roster.lua")
    #expect(outcome.status == .exited(65), "\(outcome.output)")
    #expect(outcome.error.hasPrefix("mfsh: roster.lua:1: attempt to "), "\(outcome.error)")
    #expect(bench.server.stats.requests == 0)
    #expect((try? bench.shell.home.read("reached")) == nil)
  }

  @Test func aPasswordInARosterIsRefusedAndNotRepeated() throws {
    let bench = try CheckBench()
    try bench.shell.home.write("roster.csv", "account,password\nu0,\(CheckBench.password)\n")
    let outcome = try bench.check("roster.csv")
    #expect(outcome.status == .exited(65) && !outcome.error.contains(CheckBench.password))
    #expect(outcome.error.hasPrefix("roster.csv:1:9: "))
  }

  @Test func whatIsRecordedIsAsOrdered() throws {
    let bench = try CheckBench()
    try bench.shell.home.write(
      "accounts.csv",
      "account,vault,secret,team\nu0,Sales,pw,\"a,b\"\nu1,,pw,\nu2,*,pw,x\nu3,Staff,pw,\nu9,,pw,\nu9,Sales,pw,\n"
    )
    let recorded = try bench.check("record", "accounts.csv")
    #expect(recorded.status == .exited(2), "\(recorded.error)")
    let rows = recorded.output.split(separator: "\r\n")
    #expect(rows.count == 7)
    #expect(
      rows[0]
        == "id,account,server,vault,auth,domain,expect,vaults,vaults_min,vaults_not,license,rights,internal,user_id,tags,secret,team,recorded"
    )
    #expect(
      rows[1].hasPrefix(",u0,,Sales,mfiles,,allow,Sales,,,named,")
        && rows[1].hasSuffix(",true,1,,pw,\"a,b\",allowed"))
    #expect(rows[4] == ",u3,,Staff,mfiles,,deny,,,,,,,,,pw,,denied.vault")
    // A wrong password looks the same, so the rows stay as they are.
    let refused = rows[5...].map { row in row.split(separator: ",").last ?? "" }
    #expect(refused.sorted() == ["account.refused", "denied.credentials unproved"])
    #expect(rows[5].hasPrefix(",u9,,,mfiles,,allow,,") && rows[6].hasPrefix(",u9,,Sales,mfiles,,allow,,"))
    try bench.shell.home.write("recorded.csv", recorded.output)
    let check = try bench.check("recorded.csv", "--accept-unproved")
    #expect(check.status == .exited(1) && check.error.isEmpty)
    #expect(check.output.contains("\n6 rows: 4 as ordered, 1 different, 1 not run\n"), "\(check.output)")
    #expect(bench.server.stats.liveSessions == 0)
  }

  @Test func whatCouldNotBeRecordedIsSaid() throws {
    let bench = try CheckBench { $0.faults = [try Fault("status=500,path=/session/vaults")] }
    try bench.shell.home.write("accounts.csv", "account,secret,license\nu0,pw,named\n")
    let recorded = try bench.check("record", "accounts.csv")
    #expect(recorded.status == .exited(2))
    #expect(recorded.output.hasSuffix(",u0,,,mfiles,,allow,,,,named,,,,,pw,server.failed\r\n"))
    #expect(
      recorded.error
        == "mfsh: 1 row is as before, for want of an answer or of proof: the column recorded says why\n")
  }

  @Test func aWrongPasswordIsNotRecordedAsDeny() throws {
    let bench = try CheckBench()
    try bench.shell.home.write(
      "accounts.csv", "account,secret\n" + (0..<8).map { "u\($0),pw\n" }.joined())
    var shell = bench.shell
    shell.environment["CHECK_PASSWORD"] = "wrong"
    let recorded = try shell.run(["check", "record", "accounts.csv", "--jobs", "1"] + CheckBench.options)
    #expect(recorded.status != .exited(0) && !recorded.output.contains("deny"), "\(recorded.output)")
    #expect(bench.server.stats.refusedLogins == 5)
  }

  @Test func aRefusalThatABaselineProvesIsRecorded() throws {
    let bench = try CheckBench()
    try bench.write(["a,u0,,,,pw,"])
    #expect(try bench.check("roster.csv", "--run-dir", "run").status == .exited(0))
    let seed =
      #"{"vaults": [], "accounts": [{"name": "u0", "password": "x", "vaults": [], "enabled": false}]}"#
    var configuration = SandboxConfiguration()
    configuration.seed = try SandboxSeed(json: Array(seed.utf8))
    let later = try SandboxServer(configuration)
    let recorded = try bench.check("record", "roster.csv", "--baseline", "run", "--url", later.url)
    #expect(recorded.status == .exited(0), "\(recorded.error)")
    #expect(recorded.output.contains("\r\na,u0,,,mfiles,,deny,"), "\(recorded.output)")
  }
}
