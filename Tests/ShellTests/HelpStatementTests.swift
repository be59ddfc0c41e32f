import Testing

@testable import Shell

@Suite struct HelpStatementTests {
  @Test(arguments: [
    ("help", "help()"), ("help session.use", #"help("session.use")"#), ("help sesion", #"help("sesion")"#),
    ("session", "if not pcall(help, session) then return session end"),
    ("session.login", "if not pcall(help, session.login) then return session.login end"),
    ("print", "if not pcall(help, print) then return print end"),
  ]) func `a word asks for help`(text: String, code: String) {
    #expect(HelpStatement.code(text) == code)
  }

  @Test(arguments: [
    "help()", "help \"session\"", "help 'x'", "help = 1", "help{}", "session.login{}", "sessions",
    "mfsh.version",
    "json.null", "mfsh.args", "commands", "1 + 1", "",
  ]) func `Lua stays Lua`(text: String) {
    #expect(HelpStatement.code(text) == nil)
  }
}
