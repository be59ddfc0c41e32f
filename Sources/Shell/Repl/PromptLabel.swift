import MFWS

/// What stands before the cursor: the state of the session.
enum PromptLabel {
  /// `mfsh> `, and `editor@Sample Vault> ` once logged in.
  static func text(_ runtime: Runtime) -> String {
    guard let session = runtime.defaultSession?.session else { return "mfsh> " }
    let vault = session.enteredVaultName.map { "@\($0)" } ?? ""
    return TerminalText.line("\(session.user)\(vault)") + "> "
  }
}
