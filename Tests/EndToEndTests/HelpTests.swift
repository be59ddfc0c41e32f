import TestSupport
import Testing

/// `help` knows what there is.
struct HelpTests {
  @Test func everyNameHasATopic() throws {
    let code = """
      local count = 0
      for _, module in ipairs{"session", "server", "secret", "tasks", "json", "mfsh"} do
        for name in pairs(_G[module]) do
          count = count + 1
          local known, e = pcall(help, module .. "." .. name)
          if not known then print(e.message) end
        end
      end
      for _, f in ipairs{help, print, os.exit} do help(f) end
      print(count > 30)
      """
    let result = try Shell().run(["--sandbox", "-e", code])
    #expect(result.status == .exited(0) && result.error.isEmpty)
    #expect(result.output.hasSuffix("\ntrue\n") && !result.output.contains("no help on"), "\(result.output)")
  }
}
