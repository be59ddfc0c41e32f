import LuaKit
import Testing

@testable import Shell

/// What becomes of what was typed.
struct StatementTests {
  @Test(arguments: ["x = 5; x\n", "x = 5; x\n  ", "foo bar.\n"])
  func aBlankLineEndsIt(text: String) { #expect(Statement.isGivenUp(text)) }

  @Test(arguments: [
    "x = 5; x", "f(\n", "function f()\n", "if a then\n", "for i = 1, 2 do\n", "repeat\n", "x = {\n",
    "x = [[\n",
    "--[[\n", "", "x\n y",
  ])
  func whatIsOpenGoesOn(text: String) { #expect(!Statement.isGivenUp(text)) }

  @Test(arguments: [
    ("\\vaults\n\\as json", true), ("\\why\n  \\help", true), (#"\help \use"#, false), ("", false),
  ])
  func furtherCommandsAreSeen(text: String, hasSeveral: Bool) {
    #expect(PromptCommand.hasSeveral(text) == hasSeveral)
  }

  private func report(_ failure: LuaFailure, of code: String) -> String {
    StatementReport.text(failure, chunkName: StatementReport.chunkName(3), of: code) { _ in LuaMembers() }
  }

  private func failure(
    _ message: String, _ kind: LuaFailure.Kind = .syntax, traceback: String = ""
  ) -> LuaFailure {
    var failure = LuaFailure(kind: kind, message: message)
    failure.traceback = traceback
    return failure
  }

  @Test func typographicQuotesAreNamed() {
    let failure = failure("statement 3:1: unexpected symbol near '<\\226>'")
    #expect(report(failure, of: "print(“a”)") == "typographic quote “: type \" instead")
  }

  @Test func aTracebackOfOneLineIsLeftOut() {
    let traceback = "stack traceback:\n\t[C]: in function 'error'\n\tstatement 3:1: in main chunk"
    #expect(report(failure("a", .runtime, traceback: traceback), of: #"error("a")"#) == "a")
    #expect(report(failure("a", .runtime, traceback: traceback), of: "\nerror('a')").contains("traceback"))
  }

  @Test(arguments: [
    ("statement 3:1: boom", "f()", "boom"), ("statement 3:2: boom", "\nf()", "line 2: boom"),
    ("statement 1:1: boom", "f()", "statement 1, line 1: boom"),
    ("statement 1:2: boom", "\nf()", "statement 1, line 2: boom"),
    ("statement 30:1: boom", "f()", "statement 30, line 1: boom"),
    ("statement 1:1: statement 3:3: in a", "f()", "statement 1, line 1: line 3: in a"),
    ("statement 3:1: statement 1:3: in a", "f()", "statement 1, line 3: in a"),
    ("a.lua:1: statement 2:3: in a", "f()", "a.lua:1: statement 2, line 3: in a"),
    ("statement x:1: boom", "f()", "statement x:1: boom"), ("init.lua:1: boom", "f()", "init.lua:1: boom"),
  ])
  func aPlaceInAnEarlierStatementNamesIt(message: String, code: String, shown: String) {
    #expect(report(failure(message, .runtime), of: code) == shown)
  }

  @Test func aTracebackNamesTheStatementsToo() {
    let traceback =
      "stack traceback:\n  [C]: in function 'error'\n  statement 1:2: in function 'f'\n  statement 3:4: in function <statement 3:4>\n  statement 3:5: in function <statement 1:6>"
    #expect(
      report(failure("boom", .runtime, traceback: traceback), of: "\n\n\nf()") == """
        boom
        stack traceback:
          [C]: in function 'error'
          statement 1, line 2: in function 'f'
          line 4: in function <line 4>
          line 5: in function <statement 1, line 6>
        """)
  }
}
