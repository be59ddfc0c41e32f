import Testing

@testable import Shell

@Suite struct PromptCommandTableTests {
  @Test func `the help shows every command whole`() {
    for command in PromptCommand.all {
      #expect(PromptCommandHelp.list.contains(command.usage) && PromptCommandHelp.list.contains(command.help))
      #expect(PromptCommandHelp.list.contains(command.lua) && !PromptCommandHelp.list.contains("…"))
    }
    #expect(Set(PromptCommand.all.map(\.name)).count == PromptCommand.all.count)
  }

  @Test(arguments: [
    (#"\use Sample Vault "#, "use", "Sample Vault"), (#"  \quit"#, "quit", ""), (#"\"#, "", ""),
    ("\\use\tFinance\r\n", "use", "Finance"),
  ])
  func `a line is a name and what follows it`(line: String, name: String, argument: String) throws {
    let typed = try #require(PromptCommand.typed(line))
    #expect(typed.name == name && typed.argument == argument)
  }

  @Test(arguments: ["", " ", "x = '\\n'", "session.info()"])
  func `all else is Lua`(line: String) { #expect(PromptCommand.typed(line) == nil) }
}
