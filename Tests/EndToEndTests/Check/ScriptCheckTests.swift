import Glibc
import MFWS
import Sandbox
import TestSupport
import Testing

/// `check.run`: rows that a script makes, and results that it acts on.
struct ScriptCheckTests {
  private static let staff = "secrets = {pw = secret.env 'CHECK_PASSWORD'}"

  private func run(_ bench: CheckBench, _ code: String) throws -> Shell.Outcome {
    let outcome = try bench.shell.run(code)
    #expect(!outcome.output.contains(CheckBench.password) && !outcome.error.contains(CheckBench.password))
    return outcome
  }

  private func output(_ bench: CheckBench, _ code: String) throws -> String {
    let outcome = try run(bench, code)
    #expect(outcome.error.isEmpty && outcome.status == .exited(0), "\(outcome.error)")
    return outcome.output
  }

  // MARK: rows and results

  @Test func rowsOfAListGiveResultsAndASummary() throws {
    let bench = try CheckBench()
    let code = """
      local seen = {}
      local summary = check.run{
        rows = {
          {id = "a", account = "u0", vault = "Sales", license = "named", secret = "pw", department = "Sales"},
          {id = "b", account = "u1", expect = "deny", secret = "pw"},
          {id = "c", account = "u9", vaults = {"Sales"}, secret = secret.env "CHECK_PASSWORD"},
        },
        \(Self.staff),
        on_result = function(r) seen[r.id] = r end,
      }
      local a, b, c = seen.a, seen.b, seen.c
      print(a.status, a.code, a.vault.name, a.vault.guid, a.meta.department, a.actual.license, a.logout, a.row)
      print(b.status, b.findings[1].check, b.findings[1].expected, b.findings[1].actual, #b.http)
      print(c.status, c.code, c.logout, c.type, c.file)
      print(summary.counts.pass, summary.counts.diff, summary.counts.waived, summary.rows, summary.ending)
      print(summary.exit_status, summary.requests > 8, summary.seconds > 0)
      """
    #expect(
      try output(bench, code) == """
        pass\tallowed\tSales\t{0A1B2C3D-0000-4000-8000-000000000001}\tSales\tnamed\tok\t1
        diff\texpect\tdeny\tallowed\t4
        diff\tdenied.credentials\tn/a\tresult\tcheck.run
        1\t2\t0\t3\tcomplete
        1\ttrue\ttrue

        """)
    #expect(bench.server.stats.liveSessions == 0)
  }

  @Test func theSummaryCountsSessionsThatStayOpen() throws {
    let bench = try CheckBench {
      $0.faults = [try Fault("status=500,path=/session,exact=true,method=DELETE")]
    }
    let code = """
      local rows = {{account = "u0", secret = "pw"}, {account = "u1", secret = "pw"}}
      print(check.run{rows = rows, \(Self.staff)}.failed_logouts, check.run{rows = {}}.failed_logouts)
      """
    #expect(try output(bench, code) == "2\t0\n")
  }

  @Test func manyRowsComeFromAnIteratorThatWaits() throws {
    let bench = try CheckBench(accounts: 500)
    let code = """
      local function accounts()
        for number = 0, 499 do
          if number % 100 == 0 then tasks.sleep(0.001) end
          coroutine.yield{account = "u" .. number, expect = number % 10 == 9 and "deny" or "allow", secret = "pw"}
        end
      end
      local count, busy = 0, false
      local summary = check.run{
        rows = coroutine.wrap(accounts), jobs = 16, license_slots = 16, accept_unproved = true, \(Self.staff),
        on_result = function(r)
          assert(not busy, "one at a time")
          busy = true
          if count % 50 == 0 then tasks.sleep(0.001) end
          busy, count = false, count + 1
        end,
      }
      print(count, summary.counts.pass, summary.counts.unproved, summary.exit_status)
      """
    #expect(try output(bench, code) == "500\t450\t50\t0\n")
    #expect(bench.server.stats.liveSessions == 0 && bench.server.stats.logins == 450)
  }

  @Test func aSecretOfARowIsProvedByThatSecretOnly() throws {
    let bench = try CheckBench()
    let code = """
      local right, wrong = secret.env "CHECK_PASSWORD", secret.of "wr0ng"
      local statuses = {}
      check.run{
        rows = {
          {id = "in", account = "u0", secret = right}, {id = "out", account = "u0", expect = "deny", secret = wrong},
          {id = "vault", account = "u1", vault = "Staff", expect = "deny", secret = right},
        },
        on_result = function(r) statuses[r.id] = r.status .. " " .. tostring(r.secret) end,
      }
      print(statuses["in"], statuses.out, statuses.vault)
      """
    #expect(try output(bench, code) == "pass (row)\tunproved (row 2)\tpass (row)\n")
  }

  @Test func reportsAreThoseOfTheCommand() throws {
    let bench = try CheckBench()
    let rows = try bench.write(CheckBench.rows(12)).isEmpty ? "" : "roster.csv"
    let code = """
      local rows = {}
      for line in io.lines "\(rows)" do
        local cells = {}
        for cell in line:gsub("\\r", ""):gmatch "[^,]*" do cells[#cells + 1] = cell end
        if cells[1] ~= "id" then
          rows[#rows + 1] = {id = cells[1], account = cells[2], vault = cells[3], expect = cells[4], vaults = cells[5],
            secret = cells[6], tags = cells[7]}
        end
      end
      local reports = {junit = "r.xml", tap = "r.tap", ndjson = "r.ndjson", html = {"r.html"}}
      print(check.run{rows = rows, reports = reports, \(Self.staff)}.exit_status)
      """
    #expect(try output(bench, code) == "1\n")
    try ReportFiles.expectWhole(in: bench)
    let own = try bench.results().map { $0.withoutTimesAndPlaces.withoutFile }
    #expect(try bench.check("roster.csv", "-r", "ndjson:r.ndjson").status == .exited(1))
    #expect(try bench.results().map { $0.withoutTimesAndPlaces.withoutFile } == own)
  }

  @Test func aServerCanBeNamedInTheCall() throws {
    var bench = try CheckBench()
    bench.shell.options = []
    let code = """
      print(check.run{url = "\(bench.server.url)", rows = {{account = "u0", secret = "pw"}}, \(Self.staff)}.counts.pass)
      print(pcall(check.run, {rows = {{account = "u0", server = "https://b.example", secret = "pw"}},
        url = "\(bench.server.url)", \(Self.staff)}))
      """
    let output = try output(bench, code)
    #expect(output.hasPrefix("1\nfalse\t"))
    #expect(
      output.contains(
        "row 1: the server \"https://b.example\" is not allowed: add allow_server https://b.ex"), "\(output)")
  }

  // MARK: mistakes

  @Test func allMistakesOfTheRowsAreOneError() throws {
    let bench = try CheckBench()
    let code = """
      local _, e = pcall(check.run, {\(Self.staff), rows = {
        {account = "u0", expect = "alow", secret = "pw"}, "u1", {vault = "Sales", secret = "pw"},
        {account = "u2", secret = "pv"}, {account = "u3", password = "x"}, {account = "u4", meta = print},
        {account = "u5", note = secret.of "x"}, {account = "u6", secret = "pw"}}})
      print(e.code)
      for _, mistake in ipairs(e.mistakes) do print(mistake.row, mistake.message) end
      print(e.message:sub(1, 60))
      """
    #expect(
      try output(bench, code) == """
        client.usage
        1\texpect "alow" is unknown: did you mean allow?
        2\tit is no table: write {account = "name"}
        3\tthe row has no account
        4\tsecrets has no entry of the name that stands here under secret: did you mean pw?
        5\tthe column "password": a roster holds no passwords; take it out, and name one of secrets in the column secret
        6\tmeta must be a string, a number, true, false or a list, not a function
        7\tnote is a secret: a row has one under the name secret only
        check.run: 7 mistakes in the rows: row 1: expect "alow" is u

        """)
    #expect(bench.server.stats.requests == 0)
  }

  @Test(arguments: [
    ("5", "argument 1 must be a table: check.run{rows = {{account = \"name\"}}}"),
    ("{}", "rows must be a list of tables or a function that gives one after the other, not a nil"),
    ("{rows = {}, on_result = 1}", "on_result must be a function, not a number"),
    ("{rows = {}, job = 1}", "check.run does not take \"job\": did you mean jobs?"),
    ("{rows = {}, jobs = 0}", "jobs needs a whole number from 1 to 10000, not '0'; for example jobs = 16"),
    ("{rows = {}, jobs = true}", "jobs must be a number or a string, not a boolean"),
    ("{rows = {}, fail_fast = 1}", "fail_fast must be true or false, not a number"),
    ("{rows = {}, only = 'failed'}", "only needs the run that it is about; add from RUN"),
    ("{rows = {}, resume = true}", "resume needs the folder of the run to go on with; add run_dir FOLDER"),
    ("{rows = {}, secrets = {a = 'x'}}", "secrets.a must be a secret, not a string: secret.env, secret.file"),
    (
      "{rows = {}, reports = {junit = '/nowhere/r.xml'}}",
      "the report /nowhere/r.xml cannot be written: No such"
    ),
    (
      "{rows = {}, reports = {jnuit = 'r.xml'}}",
      "reports needs FORMAT:PATH with one of ndjson, junit, tap, html"
    ),
    ("{rows = {{account = 'u0'}}}", "rows without a secret need the password of the connection settings for"),
  ])
  func aWrongCallSaysWhatIsRight(_ arguments: String, _ message: String) throws {
    let bench = try CheckBench(accounts: 1)
    let output = try output(bench, "local _, e = pcall(check.run, \(arguments)) print(e.code, e.message)")
    #expect(output.hasPrefix("client.usage\t") && output.contains(message), "\(output)")
    #expect(bench.server.stats.requests == 0)
  }

  @Test func oneRowIsNoListOfRows() throws {
    let bench = try CheckBench(accounts: 1)
    let code =
      "local _, e = pcall(check.run, {rows = {account = 'u0', secret = 'pw'}}) print(e.code, e.message)"
    #expect(
      try output(bench, code)
        == "client.usage\tcheck.run: rows is no list: put braces around each row, {{account = \"name\"}}\n")
  }

  @Test func noRowsAreNothingToCheck() throws {
    #expect(try output(CheckBench(accounts: 1), "print(check.run{rows = {}}.exit_status)") == "4\n")
  }

  // MARK: ends before the end

  @Test func anErrorInOnResultStopsTheRunInOrder() throws {
    let bench = try CheckBench()
    let code = """
      local rows, calls = {}, 0
      for number = 0, 39 do rows[#rows + 1] = {account = "u" .. number, secret = "pw"} end
      check.run{rows = rows, abort_refused = 0, reports = {ndjson = "r.ndjson"}, \(Self.staff), on_result = function(r)
        calls = calls + 1
        assert(calls == 1)
        local x = r.nothing.there
      end}
      """
    let outcome = try run(bench, code)
    #expect(outcome.status == .exited(1))
    #expect(
      outcome.error == """
        mfsh: (command line):6: attempt to index a nil value (field 'nothing')
        stack traceback of check.run:
          (command line):6: in function <(command line):3>
        stack traceback:
          (command line):3: in main chunk

        """)
    #expect(try bench.records("r.ndjson").last?["ending"]?.string == "interrupted")
    #expect(bench.server.stats.liveSessions == 0)
  }

  @Test(arguments: ["os.exit(3)", "tasks.timeout(0, tasks.sleep, 9)", "error{code = 'x'}"])
  func noSessionStaysWhenTheScriptEndsAmidARun(_ ending: String) throws {
    let bench = try CheckBench()
    let code = """
      local rows = {}
      for number = 0, 39 do rows[#rows + 1] = {account = "u" .. number, secret = "pw"} end
      check.run{rows = rows, abort_refused = 0, \(Self.staff), on_result = function() \(ending) end}
      """
    let outcome = try run(bench, code)
    #expect(outcome.status != .exited(0))
    #expect(bench.server.stats.liveSessions == 0 && bench.server.stats.logins < 36)
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func aSignalCancelsAllAndLogsOut(_ signal: Int32) throws {
    let bench = try CheckBench { $0.faults = [try Fault("delay=0.1")] }
    let code = """
      local rows = {}
      for number = 0, 39 do rows[#rows + 1] = {account = "u" .. number, secret = "pw"} end
      check.run{rows = rows, abort_refused = 0, \(Self.staff), reports = {junit = "r.xml"}, on_result = function(r)
        print "one"
        io.stdout:flush()
      end}
      """
    let program = try bench.shell.start(["-e", code])
    try program.expectPatiently("one\n")
    program.signal(signal)
    #expect(try program.waitPatiently() == .signalled(signal))
    #expect(bench.server.stats.liveSessions == 0 && bench.server.stats.logins < 36)
    let tests = try ReportFiles.xpath("count(//testcase)", in: bench.shell.home)
    #expect((Int(tests) ?? 0) >= 1)
  }

  @Test func theCallerMayEndARunAndStartAnother() throws {
    let bench = try CheckBench { $0.faults = [try Fault("stall,path=/session/vaults,count=2")] }
    let code = """
      local rows = {{account = "u0", secret = "pw"}, {account = "u1", secret = "pw"}}
      local arguments = {rows = rows, \(Self.staff)}
      print(pcall(tasks.timeout, 3, check.run, arguments))
      local both = tasks.map({1, 2}, function() return check.run(arguments).counts.pass end)
      print(both[1], both[2])
      """
    #expect(try output(bench, code) == "false\t(command line):3: tasks.timeout: not done after 3.0 s\n2\t2\n")
    #expect(bench.server.stats.liveSessions == 0)
  }

  @Test func aRunIsGoneOnWith() throws {
    let bench = try CheckBench()
    let code = """
      local function run(count, resume)
        local rows, done = {}, 0
        for number = 0, count - 1 do rows[#rows + 1] = {account = "u" .. number, secret = "pw"} end
        local summary = check.run{rows = rows, run_dir = "run", resume = resume, \(Self.staff),
          on_result = function() done = done + 1 end}
        print(done, summary.rows, summary.counts.pass)
      end
      run(4)
      run(8, true)
      """
    #expect(try output(bench, code) == "4\t4\t4\n4\t8\t8\n")
  }
}

extension JSONValue {
  fileprivate var withoutFile: JSONValue {
    guard case .object(let fields) = self else { return self }
    return .object(fields.filter { $0.key != "file" })
  }
}
