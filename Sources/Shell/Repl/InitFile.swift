/// `init.lua`, which the user's own functions and settings of the prompt stand in. Only the prompt runs it.
enum InitFile {
  /// Runs it, if there is one. What goes wrong is one line; the prompt comes all the same.
  static func run(by runner: StatementRunner) {
    guard let folder = ConfigurationFile.folder else { return }
    do {
      let file = ConfigurationFile(path: "\(folder)/init.lua", effect: "run code as you")
      guard let content = try file.read() else { return }
      runner.runFile(content.code, named: "init.lua")
    } catch {
      OutputStream.error("mfsh: \(error)")
    }
  }
}
