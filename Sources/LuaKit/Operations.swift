/// The async work that tasks wait for. Used on the Lua thread only; the work runs on the loop of the same thread.
final class Operations {
  typealias Work = @Sendable () async throws -> [LuaValue]

  private struct Operation {
    let task: UInt64
    var work: Task<Void, Never>?
    var result: Result<[LuaValue], any Error>?
    /// The result is taken in place: the task need not be resumed for it.
    var isAwaitedInPlace = false
  }

  private let executor: any TaskExecutor
  private var operations: [UInt64: Operation] = [:]
  private var lastNumber: UInt64 = 0
  /// Told which task can go on.
  var onEnd: (UInt64) -> Void = { _ in }
  /// Runs the loop once, without resuming tasks that are under way.
  var step: () -> Void = {}
  /// A wait in place is over: Lua goes on.
  var onReturn: () -> Void = {}

  private lazy var receiver = OperationReceiver(self)

  init(executor: any TaskExecutor) { self.executor = executor }

  /// Starts `work` on behalf of a task and returns the operation's number.
  func start(for task: UInt64, _ work: @escaping Work) -> UInt64 {
    lastNumber += 1
    let number = lastNumber
    operations[number] = Operation(task: task)
    let receiver = receiver
    operations[number]?.work = Task(executorPreference: executor) {
      do {
        receiver.end(number, .success(try await work()))
      } catch {
        receiver.end(number, .failure(error))
      }
    }
    return number
  }

  func end(_ number: UInt64, _ result: Result<[LuaValue], any Error>) {
    guard let operation = operations[number] else { return }
    operations[number]?.result = result
    if !operation.isAwaitedInPlace { onEnd(operation.task) }
  }

  /// Cancels an operation that nobody will ask for any more.
  func abandon(_ number: UInt64) {
    operations.removeValue(forKey: number)?.work?.cancel()
  }

  /// Cancels whatever the task waits for.
  func abandonAll(of task: UInt64) {
    for (number, operation) in operations where operation.task == task { abandon(number) }
  }

  func takeResult(_ number: UInt64) -> Result<[LuaValue], any Error> {
    operations.removeValue(forKey: number)?.result ?? .failure(LuaError.usage("an operation was lost"))
  }

  /// Runs the loop until the operation has ended. False: stopped first.
  func waitInPlace(_ number: UInt64, stopped: () -> Bool) -> Bool {
    operations[number]?.isAwaitedInPlace = true
    defer { onReturn() }
    while operations[number]?.result == nil {
      if stopped() || operations[number] == nil { return false }
      step()
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
