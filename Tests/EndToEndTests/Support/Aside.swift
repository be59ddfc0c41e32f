import TestSupport

/// Runs a test's body on a thread of its own: one that waits for programs for seconds would keep other tests, whose
/// limits go on, from running.
func aside(_ body: @escaping @Sendable () throws -> Void) async throws {
  try await Task(executorPreference: ThreadExecutor()) { try body() }.value
}

/// A thread for each job.
private final class ThreadExecutor: TaskExecutor {
  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    startThread { [self] in job.runSynchronously(on: asUnownedTaskExecutor()) }
  }
}
