import Glibc

extension LuaRun {
  /// Runs a check, and gives the exit status.
  func run(_ task: CheckTask, _ variables: TakenVariables) -> Int32 {
    // A file that is too large is told by its error, as a full disk is.
    signal(SIGXFSZ, SIG_IGN)
    Watchdog.shared.luaRuns(atPrompt: false)
    defer {
      Watchdog.shared.luaHasReturned()
      Watchdog.shared.atEnd(nil)
    }
    do throws(CheckFailure) {
      switch task.kind {
      case .check, .record: return try CheckRun(task, variables, runtime).run()
      case .merge: return try MergeRun(task).run()
      }
    } catch {
      OutputStream.error("mfsh: \(error)")
      return error.status.rawValue
    }
  }
}
