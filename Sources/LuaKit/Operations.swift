/// What tasks wait for: async work, or to be told that they may go on. Used on the Lua thread only; the work runs on the
/// loop of the same thread.
final class Operations {
  typealias Work = @Sendable () async throws -> [LuaValue]

  private struct Operation {
    let task: UInt64
    /// Ends it before its time; nil: it waits for another task.
    var cancel: (() -> Void)?
    var result: Result<[LuaValue], any Error>?
    /// The result is taken in place: the task need not be resumed for it.
    var isAwaitedInPlace = false
  }

  private let executor: any TaskExecutor
  private var operations: [UInt64: Operation] = [:]
  /// The operation of each task; it waits for one at a time.
  private var current: [UInt64: UInt64] = [:]
  /// How many of them are work, and end by themselves.
  private var working = 0
  private var lastNumber: UInt64 = 0
  /// Told which task can go on.
  var onEnd: (UInt64) -> Void = { _ in }
  /// Runs the loop or another task once.
  var step: () throws(LuaError) -> Void = {}
  /// A wait in place is over: Lua goes on.
  var onReturn: () -> Void = {}

  private lazy var receiver = OperationReceiver(self)

  init(executor: any TaskExecutor) { self.executor = executor }

  /// Starts `work` on behalf of a task and returns the operation's number.
  func start(for task: UInt64, _ work: @escaping Work) -> UInt64 {
    let receiver = receiver, executor = executor
    return begin(for: task) { number in
      let work = Task(executorPreference: executor) {
        do {
          receiver.end(number, .success(try await work()))
        } catch {
          receiver.end(number, .failure(error))
        }
      }
      return { work.cancel() }
    }
  }

  /// Starts what calls `end` with the number by itself, but not before it has returned how it is cancelled.
  func begin(for task: UInt64, _ begin: (UInt64) -> () -> Void) -> UInt64 {
    let number = add(Operation(task: task))
    working += 1
    operations[number]?.cancel = begin(number)
    return number
  }

  /// Has a task wait until `end` is called with the number, by another task's doing.
  func suspend(_ task: UInt64, _ begin: (UInt64) -> Void) -> UInt64 {
    let number = add(Operation(task: task))
    begin(number)
    return number
  }

  /// Whether nothing that is waited for can end by itself.
  var areAllSuspended: Bool { working == 0 }

  private func add(_ operation: Operation) -> UInt64 {
    lastNumber += 1
    operations[lastNumber] = operation
    current[operation.task] = lastNumber
    return lastNumber
  }

  private func remove(_ number: UInt64) -> Operation? {
    guard let operation = operations.removeValue(forKey: number) else { return nil }
    if current[operation.task] == number { current[operation.task] = nil }
    if operation.cancel != nil, operation.result == nil { working -= 1 }
    return operation
  }

  func end(_ number: UInt64, _ result: Result<[LuaValue], any Error>) {
    guard let operation = operations[number], operation.result == nil else { return }
    if operation.cancel != nil { working -= 1 }
    operations[number]?.result = result
    if !operation.isAwaitedInPlace { onEnd(operation.task) }
  }

  /// Cancels an operation that nobody will ask for any more.
  func abandon(_ number: UInt64) { remove(number)?.cancel?() }

  /// Cancels what the task waits for.
  func abandonAll(of task: UInt64) {
    if let number = current[task] { abandon(number) }
  }

  func takeResult(_ number: UInt64) -> Result<[LuaValue], any Error> {
    remove(number)?.result ?? .failure(LuaError.usage("an operation was lost"))
  }

  /// Runs the loop until the operation has ended. False: stopped first.
  func waitInPlace(_ number: UInt64, stopped: () -> Bool) -> Bool {
    operations[number]?.isAwaitedInPlace = true
    defer { onReturn() }
    while operations[number]?.result == nil {
      if stopped() || operations[number] == nil { return false }
      do { try step() } catch { operations[number]?.result = .failure(error) }
    }
    return true
  }
}

/// Carries results from the loop's jobs to the operations.
private final class OperationReceiver: @unchecked Sendable {
  // The work runs on the executor of the Lua thread, so `operations` is used on that thread only.
  private weak var operations: Operations?
  init(_ operations: Operations) { self.operations = operations }
  func end(_ number: UInt64, _ result: Result<[LuaValue], any Error>) { operations?.end(number, result) }
}
