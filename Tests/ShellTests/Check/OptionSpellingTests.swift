import Testing

@testable import Shell

/// Messages about options, for somebody who writes Lua.
struct OptionSpellingTests {
  @Test(arguments: [
    ("try fewer --jobs, or later", "try fewer jobs, or later"),
    (
      "--per-server needs a whole number, not 'x'; for example --per-server 4",
      "per_server needs a whole number, not 'x'; for example per_server = 4"
    ),
    ("go on with --resume, or name another --run-dir", "go on with resume, or name another run_dir"),
    ("use --password-stdin, --password-command, MFILES_PASS or a profile", "use MFILES_PASS or a profile"),
    (
      "no --secret has the name that stands here under secret: add --secret NAME=prompt with that name",
      "secrets has no entry of the name that stands here under secret: add secrets = {NAME = secret.ask()} with that name"
    ),
  ])
  func optionsBecomeNamedArguments(_ text: String, _ lua: String) {
    #expect(OptionSpelling.inLua(text) == lua)
  }

  @Test func theHelpOfTheFunctionHasEachOfThem() throws {
    let help = try #require(HelpTopics.text("check.run"))
    let names = NamedArguments.names(of: "check.run")
    #expect(names.count == Set(names).count && names.contains("per_server") && !names.contains("secret"))
    for name in names { #expect(help.contains("\n  \(name) "), "\(name)") }
    #expect(!help.contains("--"))
  }

  @Test func theHelpOnTheCommandLeadsToTheFunction() throws {
    let help = try #require(HelpTopics.text("check"))
    #expect(help.hasPrefix("Usage: mfsh check") && help.contains("\n  check.run{rows=, …}  checks accounts"))
    #expect(HelpTopics.names.count { $0 == "check" } == 1)
  }
}
