import LuaKit
import Testing

/// Finalizers run at any allocation, so in the middle of another binding's results too.
@Suite struct FinalizerTests {
  @Test func aFinalizerThatCallsABindingLeavesTheResultsOfOthersAlone() throws {
    let fixture = try Fixture()
    try fixture.state.register("pair") { call in
      let text = try call.string(1, "pair")
      let fields: [(key: String, value: LuaValue)] = [
        ("one", .string(text)), ("two", .array([.string(text)])),
      ]
      return .result(.table(fields))
    }
    let code = """
      collectgarbage("setpause", 1) collectgarbage("setstepmul", 10000)
      local runs = 0
      for i = 1, 2000 do
        for j = 1, 5 do
          setmetatable({}, {__gc = function() runs = runs + 1 pair(("y"):rep(5000)) pcall(pair) end})
        end
        local text = ("x"):rep(i % 100)
        local got = pair(text)
        if got.one ~= text or got.two[1] ~= text then return "spoilt" end
      end
      return runs > 100
      """
    #expect(try fixture.run(code) == "true")
  }
}
