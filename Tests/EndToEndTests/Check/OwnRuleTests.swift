import Sandbox
import TestSupport
import Testing

/// Rules of one's own: the function `expect` of `check.run`.
struct OwnRuleTests {
  private func run(
    _ bench: CheckBench, _ rule: String, rows: String = #"{{id = "a", account = "u0", secret = "pw"}}"#,
    more: String = ""
  ) throws -> Shell.Outcome {
    try bench.shell.run(
      """
      local found = {}
      local summary = check.run{
        rows = \(rows), secrets = {pw = secret.env "CHECK_PASSWORD"}, \(more)
        expect = function(row, session) \(rule) end,
        on_result = function(r) found[#found + 1] = r.id .. " " .. r.status .. " " .. r.code .. ": " .. r.message end,
      }
      table.sort(found)
      print(table.concat(found, "\\n"))
      """)
  }

  @Test(arguments: [
    ("", "pass allowed: allowed, as ordered"),
    ("return true", "pass allowed: allowed, as ordered"),
    ("return {}", "pass allowed: allowed, as ordered"),
    ("return false", "diff allowed: the function expect says no"),
    ("return 'its name is wrong'", "diff allowed: its name is wrong"),
    (
      "return {'one', {check = 'folders', missing = {'In', 'Out'}}}",
      "diff allowed: one; folders: missing In, Out"
    ),
    ("return {check = 'name', message = 'too long'}", "diff allowed: name: too long"),
    (
      "return {check = 'full_name', expected = 'Jo', actual = session:info().AccountName}",
      "diff allowed: full_name is u0, ordered was Jo"
    ),
  ])
  func whatItReturnsIsFineOrAFinding(_ rule: String, _ result: String) throws {
    let bench = try CheckBench()
    let outcome = try run(bench, rule)
    #expect(outcome.output == "a \(result)\n" && outcome.error.isEmpty, "\(outcome.error)")
    #expect(bench.server.stats.liveSessions == 0)
  }

  @Test func itSeesTheRowAndItsSessionInTheVault() throws {
    let bench = try CheckBench()
    let rows = #"{{id = "a", account = "u0", vault = "Sales", secret = "pw", team = "blue"}}"#
    let rule = """
      local name = session:vault().Name
      return row.account .. " " .. row.vault.name .. " " .. name .. " " .. row.meta.team .. " " .. session.way
      """
    #expect(try run(bench, rule, rows: rows).output == "a diff allowed: u0 Sales Sales blue check\n")
  }

  @Test func manyWaitAtATimeAndOnlyThoseThatGetInAreAsked() throws {
    let bench = try CheckBench()
    let rows = """
      (function() local rows = {}
        for number = 0, 39 do rows[#rows + 1] = {id = ("r%02d"):format(number), account = "u" .. number, secret = "pw"} end
        return rows end)()
      """
    let rule = """
      now = (now or 0) + 1
      most = math.max(most or 0, now)
      asked = (asked or 0) + 1
      local mine = asked
      session:info()
      tasks.sleep(0.01)
      now = now - 1
      if mine == 36 then tasks.sleep(0.01) return tostring(most > 1 and most <= 8) end
      """
    let outcome = try run(bench, rule, rows: rows, more: "abort_refused = 0, license_slots = 20,")
    #expect(outcome.output.split(separator: "\n").count == 40 && outcome.error.isEmpty, "\(outcome.error)")
    #expect(outcome.output.split(separator: "\n").filter { $0.contains(" pass ") }.count == 35)
    #expect(outcome.output.contains("diff allowed: true"))
    #expect(bench.server.stats.liveSessions == 0)
  }

  @Test(arguments: ["reset", "status=503", "garbage"])
  func faultsOfItsRequestsLeaveTheRowOpen(_ kind: String) throws {
    let bench = try CheckBench { $0.faults = [try Fault("\(kind),path=/session/userid")] }
    let outcome = try run(bench, "return session:user_id() == 0", more: "retries = 1,")
    let codes = ["reset": "network.reset", "status=503": "server.busy", "garbage": "server."]
    #expect(
      outcome.output.hasPrefix("a inconclusive \(codes[kind] ?? "")"), "\(outcome.output)\(outcome.error)")
    #expect(bench.server.stats.liveSessions == 0)
  }

  @Test func aFaultThatPassesIsTriedAgain() throws {
    let bench = try CheckBench { $0.faults = [try Fault("reset,path=/session/userid,count=1")] }
    #expect(try run(bench, "return session:user_id() >= 0").output == "a pass allowed: allowed, as ordered\n")
  }

  @Test func aRefusalOfTheServerIsADifference() throws {
    let bench = try CheckBench()
    let outcome = try run(bench, "session:use 'Staff'")
    #expect(outcome.output.hasPrefix("a diff allowed: denied.vault: "), "\(outcome.output)\(outcome.error)")
  }

  @Test(arguments: [
    ("local x = nil + 1", "attempt to perform arithmetic on a nil value"),
    ("error('on purpose')", "on purpose"),
    (
      "return 5",
      "check.run: the function expect returned a number: it returns nothing, true, a message, a table"
    ),
    ("return {mesage = 'x'}", "returned a table with \"mesage\": did you mean message?"),
    ("session:request{pth = '/session'}", "session.request does not take \"pth\": did you mean path?"),
  ])
  func aMistakeInItStopsTheRunAndIsRaised(_ rule: String, _ message: String) throws {
    let bench = try CheckBench()
    let outcome = try run(bench, rule)
    #expect(outcome.status == .exited(1) && outcome.error.contains(message), "\(outcome.error)")
    #expect(bench.server.stats.liveSessions == 0)
  }

  @Test func theSessionIsOverAfterwards() throws {
    let bench = try CheckBench()
    let outcome = try run(bench, "kept = session", more: "")
    #expect(outcome.output == "a pass allowed: allowed, as ordered\n")
    let code = """
      local kept
      check.run{rows = {{account = "u0", secret = secret.env "CHECK_PASSWORD"}},
        expect = function(_, session) kept = session end}
      print(kept.state, select(2, pcall(kept.info, kept)).code)
      """
    #expect(try bench.shell.run(code).output == "logged out\tsession.none\n")
  }

  @Test func readOnlyHoldsForItsRequests() throws {
    let bench = try CheckBench()
    let code = """
      print(select(2, pcall(check.run, {rows = {{account = "u0", secret = secret.env "CHECK_PASSWORD"}},
        expect = function(_, session) session:request{method = "POST", path = "/objects/0", body = {}} end})).code)
      """
    #expect(try bench.shell.run(["--read-only", "-e", code]).output == "client.locked\n")
    #expect(bench.server.stats.requestsByPath.keys.allSatisfy { !$0.contains("objects") })
  }
}
