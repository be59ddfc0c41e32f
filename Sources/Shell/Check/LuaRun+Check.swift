extension LuaRun {
  /// Runs a check, and gives the exit status.
  func run(_ task: CheckTask, _ variables: TakenVariables) -> Int32 {
    OutputStream.error("mfsh: not yet")
    return CheckStatus.internalError.rawValue
  }
}
