import CLuaBridge

/// Runs Lua tasks: each is a chunk or a function with a Lua thread of its own that goes on when what it waits for has
/// ended. Confined to the Lua thread.
@safe package final class Scheduler {
  package let state: LuaState
  private let step: () -> Void
  /// Called each time before Lua code runs on after a wait, for what is shown while it waits.
  package var beforeLua: () -> Void = {}
  private var ready: [UInt64] = []
  private var nextReady = 0
  /// Tasks that are under way, with how deep they are nested; those that wait for one of them are resumed by `onEnd`.
  private var alive: [UInt64: Int] = [:]
  private var joiners: [UInt64: [UInt64]] = [:]
  /// Where in a task an error began that another task raises again.
  private var origin: (message: String, traceback: String)?
  private var failures: [UInt64: LuaFailure] = [:]

  /// - Parameters:
  ///   - state: the state whose tasks it runs.
  ///   - step: runs the loop once: jobs, transfers, timers; waits when nothing is ready.
  package init(state: LuaState, step: @escaping () -> Void) {
    self.state = state
    self.step = step
    state.operations.onEnd = { [unowned self] task in if isAlive(task) { ready.append(task) } }
    state.operations.step = { [unowned self] () throws(LuaError) in try runOthersOnce() }
    state.operations.onReturn = { [unowned self] in beforeLua() }
  }

  /// Runs a chunk as the main task, and other tasks meanwhile, until it ends.
  ///
  /// - Parameter keeper: not nil: the chunk returns the function to run, whose upvalues are locals that outlive it; by
  ///   this name it keeps further ones (see `bridge_load_statement`).
  /// - Returns: what `body` makes of the results, which are read while they are on the Lua stack.
  /// - Throws: `LuaFailure`; `.stopped` after `stop()`.
  package func run<Result>(
    _ code: [UInt8], chunkName: String, arguments: [LuaValue] = [], keeper: String? = nil,
    results body: (LuaResults) throws -> Result
  ) throws -> Result {
    let task = try state.load(code, chunkName: chunkName, arguments: arguments, keeper: keeper)
    alive[task] = 0
    ready.append(task)
    unsafe bridge_set_main_task(state.bridge, task)
    defer {
      finish(task)
      dropAll()
      unsafe bridge_set_main_task(state.bridge, 0)
    }
    while isAlive(task) { turn(waiting: true) }
    if let failure = failures[task] { throw failure }
    // A function of C that Ctrl-C has ended, such as `io.read`, may have been the last thing it did.
    if isStopping { throw Self.interrupted }
    return try body(LuaResults(state: state, thread: state.thread(of: task)))
  }

  /// The same for code that must not hold anybody up: it cannot wait, and has a limit of time.
  ///
  /// - Parameter seconds: that it may compute.
  package func runAtOnce<Result>(
    _ code: [UInt8], chunkName: String, arguments: [LuaValue], seconds: Double,
    results body: (LuaResults) throws -> Result
  ) throws -> Result {
    unsafe bridge_begin_limit(state.bridge, seconds)
    do {
      let result = try run(code, chunkName: chunkName, arguments: arguments, results: body)
      _ = unsafe bridge_end_limit(state.bridge)
      return result
    } catch {
      guard unsafe bridge_end_limit(state.bridge) else { throw error }
      let milliseconds = Int((seconds * 1000).rounded())
      throw LuaFailure(kind: .runtime, message: "it computes for longer than \(milliseconds) ms")
    }
  }

  /// The task that runs now; 0: none does.
  package var currentTask: UInt64 { unsafe bridge_current_task(state.bridge) }

  /// Starts a task for the function at `index` of a call, nested in the task `owner`.
  ///
  /// - Throws: `client.usage` when tasks are nested too deep: one ends inside the end of another, on the stack of C.
  package func spawn(
    _ call: borrowing LuaCall, _ index: Int, _ name: String, below owner: UInt64
  ) throws(LuaError) -> UInt64 {
    let depth = (alive[owner] ?? 0) + 1
    guard depth <= Self.depthLimit else {
      throw .usage(
        "tasks are nested more than \(Self.depthLimit) deep: does a function start itself for ever?")
    }
    let task = try call.spawn(index, name)
    alive[task] = depth
    ready.append(task)
    return task
  }

  /// As deep as Lua lets functions of C nest.
  package static let depthLimit = 200

  /// Has the calling task wait until another has ended, however.
  package func join(_ task: UInt64) -> LuaOutcome {
    guard isAlive(task) else { return .results([]) }
    return .suspend { [unowned self] in joiners[task, default: []].append($0) }
  }

  /// Lets a task go on that `LuaOutcome.suspend` holds up.
  package func resume(suspended number: UInt64) { state.operations.end(number, .success([])) }

  /// Notes where in a task an error began, for the traceback of the one that raises it again.
  package func note(origin traceback: String, of message: String) { origin = (message, traceback) }

  /// Ends a task at once: its requests are cancelled, its `<close>` variables run.
  package func cancel(_ task: UInt64) {
    guard isAlive(task) else { return }
    finish(task)
  }

  /// Keeps the results of the main task, which are being read, until others are kept.
  package func keepResults() { unsafe bridge_keep_results(state.bridge, mainTask) }

  /// Asks the code that runs to end, in a way that no `pcall` catches.
  package func stop() { unsafe bridge_stop(state.bridge) }
  package var isStopping: Bool { unsafe bridge_is_stopping(state.bridge) }
  package func clearStop() { unsafe bridge_clear_stop(state.bridge) }

  private func isAlive(_ task: UInt64) -> Bool { alive[task] != nil }

  // MARK: turns

  private func turn(waiting: Bool) {
    if isStopping { return stopTasks() }
    if nextReady < ready.count {
      resume(takeReady())
    } else if waiting {
      waitForWork()
    }
  }

  /// With nothing under way nobody would ever be resumed.
  private func waitForWork() {
    guard state.operations.areAllSuspended else { return step() }
    let failure = LuaFailure(kind: .runtime, message: Self.deadlock, code: "client.usage")
    for task in newestFirst where task != mainTask { finish(task) }
    failures[mainTask] = failure
    end(mainTask)
  }

  private static let deadlock = "deadlock: each task waits for another one"

  /// While the main task waits in place: the loop, and the other tasks.
  private func runOthersOnce() throws(LuaError) {
    if nextReady < ready.count { return resume(takeReady()) }
    guard !state.operations.areAllSuspended else { throw .usage(Self.deadlock) }
    step()
  }

  private func takeReady() -> UInt64 {
    defer {
      nextReady += 1
      if nextReady == ready.count {
        ready.removeAll(keepingCapacity: true)
        nextReady = 0
      }
    }
    return ready[nextReady]
  }

  /// What runs inside another task comes before that.
  private var newestFirst: [UInt64] { alive.keys.sorted(by: >) }
  private var mainTask: UInt64 { unsafe bridge_main_task(state.bridge) }

  private func resume(_ task: UInt64) {
    guard isAlive(task) else { return }
    beforeLua()
    switch unsafe bridge_resume(state.bridge, task) {
    case BRIDGE_WAITING: return
    case BRIDGE_OK: end(task)
    case let status:
      failures[task] = withOrigin(state.failure(of: task, status))
      end(task)
    }
  }

  private func withOrigin(_ failure: LuaFailure) -> LuaFailure {
    guard let origin, origin.message == failure.message else { return failure }
    var failure = failure
    failure.traceback = TaskTraceback.withoutOwnFrames(origin.traceback + failure.traceback)
    return failure
  }

  private func stopTasks() {
    for task in newestFirst {
      failures[task] = Self.interrupted
      if task == mainTask { end(task) } else { finish(task) }
    }
  }

  private static let interrupted = LuaFailure(kind: .stopped, message: "interrupted")

  /// The main task's thread is kept until its results are read; others are forgotten at once.
  private func end(_ task: UInt64) {
    if task == mainTask { alive[task] = nil } else { finish(task) }
  }

  private func finish(_ task: UInt64) {
    alive[task] = nil
    failures[task] = nil
    state.operations.abandonAll(of: task)
    // Its `<close>` variables run.
    beforeLua()
    unsafe bridge_drop(state.bridge, task)
    for joiner in joiners.removeValue(forKey: task) ?? [] { resume(suspended: joiner) }
  }

  private func dropAll() {
    for task in newestFirst { finish(task) }
    ready.removeAll()
    nextReady = 0
    origin = nil
  }
}
