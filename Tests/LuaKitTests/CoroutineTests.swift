import LuaKit
import Testing

/// What the wrapped coroutine library has to share with Lua's own, and what it adds.
@Suite struct CoroutineTests {
  /// Each calls `stop` in a `__close` handler that somebody else runs, swallows what it raises, and goes on for good.
  @Test(arguments: [
    "local co = coroutine.create(body) coroutine.resume(co) pcall(coroutine.close, co)",
    "pcall(coroutine.wrap(function() local x <close> = closing error('x') end))",
    "local task = spawn(function() local x <close> = closing sleep(1000) end) sleep(0.01) cancel(task)",
  ])
  func aStopInsideACloseHandlerIsNotLost(_ code: String) throws {
    let fixture = try Fixture()
    let scheduler = fixture.scheduler
    try fixture.state.register("cancel") { [unowned scheduler] call in
      scheduler.cancel(UInt64(try call.integer(1, "cancel")))
      return .results([])
    }
    let code = """
      closing = setmetatable({}, {__close = function() stop() end})
      body = function() local x <close> = closing coroutine.yield() end
      \(code)
      for i = 1, 1e7 do end
      log('not stopped')
      """
    let failure = #expect(throws: LuaFailure.self) { try fixture.run(code) }
    #expect(failure?.kind == .stopped)
    #expect(!fixture.log.lines.contains("not stopped"))
  }

  @Test func aCoroutineSurvivesBeingRefusedForTheCStack() throws {
    let code = """
      local count = coroutine.wrap(function() local n = 0 while true do n = n + 1 coroutine.yield(n) end end)
      count()
      local refusal
      local function deep() return (string.gsub('a', 'a', deep)) end
      xpcall(deep, function(m) _, refusal = pcall(count) return m end)
      return refusal, count(), count(1, 2)
      """
    #expect(try Fixture().run(code) == "C stack overflow 2 3")
  }

  @Test(.timeLimit(.minutes(30))) func aWaitingCoroutineIsNobodyElsesToResumeOrClose() throws {
    let fixture = try Fixture()
    let code = """
      local co = coroutine.create(function() return sleep(0.02) end)
      spawn(function()
        log(tostring(select(2, coroutine.resume(co))))
        log(tostring(select(2, pcall(coroutine.close, co))))
      end)
      return select(2, coroutine.resume(co)), sleep(0.05)
      """
    #expect(try fixture.run(code) == "slept slept")
    #expect(
      fixture.log.lines == ["cannot resume non-suspended coroutine", "cannot close a waiting coroutine"])
  }

  @Test func aTaskItselfCannotYield() throws {
    let code = "return pcall(coroutine.yield, 1)"
    #expect(try Fixture().run(code) == "false attempt to yield from outside a coroutine")
  }
}
