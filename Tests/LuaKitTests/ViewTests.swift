import LuaKit
import Testing

/// Pictures of values, as the prompt takes them.
@Suite struct ViewTests {
  @Test func aTableThatChangesWhileItIsShownIsShownAsFarAsItGoes() throws {
    let code = """
      local t = {}
      local function spoil()
        for key in pairs(t) do t[key] = nil end
        for i = 1, 1000 do t['z' .. i] = 1 end
        collectgarbage()
        return 'spoilt'
      end
      for i = 1, 100 do t['k' .. i] = setmetatable({}, {__tostring = spoil}) end
      return t
      """
    let view = try Fixture().scheduler.run(Array(code.utf8), chunkName: "=test") { $0.view(1) }
    guard case .table = view else { throw LuaError.usage("no table") }
  }
}
