import HTTP
import LuaKit
import Testing

/// A state on a loop, with the bindings that these tests wait with.
final class Fixture {
  let loop = EventLoop()
  let state: LuaState
  let scheduler: Scheduler
  let log = Log()

  init(memoryLimit: Int = 0) throws {
    let loop = loop, log = log
    state = try LuaState(executor: loop, memoryLimit: memoryLimit)
    scheduler = Scheduler(state: state) { loop.step(limit: 5) }
    let scheduler = scheduler
    try state.register("sleep") { call in
      let seconds = try call.number(1, "sleep")
      return .wait {
        await withTaskCancellationHandler {
          await loop.sleep(seconds: seconds)
        } onCancel: {
          log.add("cancelled")
        }
        return [.string("slept")]
      }
    }
    try state.register("log") { call in
      log.add(try call.string(1, "log"))
      return .results([])
    }
    try state.register("stop") { [unowned scheduler] _ in
      scheduler.stop()
      return .results([])
    }
    try state.register("suspend") { _ in .suspend { _ in } }
    try state.register("join") { [unowned scheduler] call in
      scheduler.join(UInt64(try call.integer(1, "join")))
    }
    try state.register("spawn") { [unowned scheduler] call in
      .result(.integer(Int64(try scheduler.spawn(call, 1, "spawn", below: scheduler.currentTask))))
    }
  }

  /// The results as text, separated by blanks.
  func run(_ code: String) throws -> String {
    defer {
      scheduler.clearStop()
      // Cancelled work ends in the loop's next steps.
      for _ in 0..<8 { loop.step(limit: 0) }
    }
    return try scheduler.run(Array(code.utf8), chunkName: "=test") { results in
      try (0..<results.count).map { describe(try results.value($0 + 1)) }.joined(separator: " ")
    }
  }

  private func describe(_ value: LuaValue) -> String {
    switch value {
    case .nil: "nil"
    case .bool(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .string(let text): text
    default: value.typeName
    }
  }
}

final class Log: @unchecked Sendable {
  // Used on the test's thread only: the loop's jobs run there too.
  private(set) var lines: [String] = []
  func add(_ line: String) { lines.append(line) }
}

@Suite struct SchedulerTests {
  @Test func waitsForSwiftWork() throws {
    #expect(try Fixture().run("return sleep(0.001), 2") == "slept 2")
  }

  @Test func tasksThatWaitForEachOtherAreAnError() throws {
    let fixture = try Fixture()
    let code = """
      local closing = setmetatable({}, {__close = function() log('closed') end})
      local task = spawn(function() local x <close> = closing suspend() end)
      sleep(0.001)
      pcall(join, task)
      """
    let failure = try #require(throws: LuaFailure.self) { try fixture.run(code) }
    #expect(failure.message == "deadlock: each task waits for another one")
    #expect(fixture.log.lines == ["closed"])
    #expect(try fixture.run("return 1") == "1")
  }

  /// In `table.sort` the main task runs the loop itself.
  @Test(.timeLimit(.minutes(30)), arguments: ["suspend()", "join(spawn(suspend))"])
  func aDeadlockInPlaceIsAnErrorToo(_ wait: String) throws {
    let fixture = try Fixture()
    let code = "return tostring(select(2, pcall(table.sort, {2, 1}, function() \(wait) end)))"
    #expect(try fixture.run(code) == "test:1: deadlock: each task waits for another one")
    #expect(try fixture.run("return sleep(0.001)") == "slept")
  }

  @Test func waitsInsideGeneratorsPcallAndIterators() throws {
    let code = """
      local n = 0
      for v in coroutine.wrap(function() for i = 1, 3 do sleep(0.001) coroutine.yield(i) end end) do n = n + v end
      local ok, r = pcall(function() return sleep(0.001) end)
      local co = coroutine.create(function() local c = coroutine.wrap(function() sleep(0.001) return 5 end) return c() end)
      local _, five = coroutine.resume(co)
      return n, ok, r, five, coroutine.status(co)
      """
    #expect(try Fixture().run(code) == "6 true slept 5 dead")
  }

  @Test func theMainTaskWaitsInPlaceWhereLuaCannotYield() throws {
    #expect(
      try Fixture().run("return (string.gsub('ab', '.', function() return sleep(0.001) end))") == "sleptslept"
    )
  }

  @Test func theMainTaskWaitsAgainAfterAWaitInPlace() throws {
    let code = "string.gsub('ab', '.', function() sleep(0.001) end) return sleep(0.01)"
    #expect(try Fixture().run(code) == "slept")
  }

  @Test func anotherTaskIsToldThatItCannotWaitThere() throws {
    let fixture = try Fixture()
    let code = """
      spawn(function()
        local ok, e = pcall(string.gsub, 'a', '.', function() return sleep(0.001) end)
        log(tostring(e))
      end)
      sleep(0.02)
      """
    _ = try fixture.run(code)
    #expect(fixture.log.lines.filter { $0.contains("cannot wait here") }.count == 1)
  }

  @Test(arguments: [
    "while true do tick() end", "while true do pcall(function() while true do tick() end end) end",
    "sleep(1000)",
    "while true do xpcall(function() while true do tick() end end, function(m) return m end) end",
    "pcall(sleep, 1000)", "coroutine.wrap(function() while true do tick() end end)()",
    "coroutine.wrap(function() local x <close> = closing sleep(1000) end)()",
    "table.sort({3, 2, 1}, function() while true do pcall(tick) end end)",
    "table.sort({3, 2, 1}, function() sleep(1000) end)",
  ])
  func aStopPassesEveryPcallAndRunsCloseVariables(_ body: String) throws {
    let fixture = try Fixture()
    let loop = fixture.loop, scheduler = fixture.scheduler
    try fixture.state.register("stop_soon") { [unowned scheduler] _ in
      let flag = SendableStop(scheduler)
      Task(executorPreference: loop) {
        await loop.sleep(seconds: 0.02)
        flag.stop()
      }
      return .results([])
    }
    var ticks = 0
    try fixture.state.register("tick") { [unowned scheduler] _ in
      ticks += 1
      if ticks == 1000 { scheduler.stop() }
      return .results([])
    }
    let code = """
      closing = setmetatable({}, {__close = function() log('closed') end})
      local x <close> = closing
      \(body.contains("sleep") ? "stop_soon()" : "")
      \(body)
      """
    #expect(throws: LuaFailure.self) { try fixture.run(code) }
    #expect(fixture.log.lines.contains("closed"))
    #expect(try fixture.run("return 1 + 1") == "2")
  }

  @Test func aStopCancelsTheWorkAndClosesInnerCoroutines() throws {
    let fixture = try Fixture()
    let code = """
      local function closing(name) return setmetatable({}, {__close = function() log(name) end}) end
      local outer <close> = closing('outer')
      spawn(function() sleep(0.01) stop() sleep(1000) end)
      coroutine.wrap(function() local inner <close> = closing('inner') sleep(1000) end)()
      """
    #expect(throws: LuaFailure.self) { try fixture.run(code) }
    #expect(fixture.log.lines.filter { $0 != "cancelled" } == ["inner", "outer"])
    #expect(fixture.log.lines.contains("cancelled"))
  }

  @Test func memoryLimitLeavesTheStateUsable() throws {
    let fixture = try Fixture(memoryLimit: 8 << 20)
    for bomb in [
      "local s = 'x' while true do s = s .. s end", "local t = {} while true do t[#t + 1] = {} end",
      "string.rep('x', 1 << 40)",
    ] {
      #expect(throws: LuaFailure.self) { try fixture.run(bomb) }
      #expect(try fixture.run("return 1") == "1")
    }
  }
}

final class SendableStop: @unchecked Sendable {
  // Used on the test's thread only.
  private let scheduler: Scheduler
  init(_ scheduler: Scheduler) { self.scheduler = scheduler }
  func stop() { scheduler.stop() }
}
