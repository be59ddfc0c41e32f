import TestSupport
import Testing

/// mfsh in a window of tmux, a terminal that wraps anew what it shows when its width changes.
struct TmuxWindow: RealPart {
  static let needs = ["tmux"]

  private let folder: TemporaryFolder
  private let environment: [String: String]
  private let server: Server

  /// What stands above the output of mfsh.
  static let last = "earlier line 20"

  /// Starts mfsh with the variables and in the folder of the shell, where earlier output fills the window: rows at its
  /// top leave tmux's screen when others wrap.
  init(_ shell: Shell, _ arguments: [String], columns: Int, rows: Int = 12) throws {
    folder = try TemporaryFolder()
    environment = [
      "TMUX_TMPDIR": folder.path, "HOME": shell.home.path, "no_proxy": "*", "MFSH_PAGER": "", "PAGER": "",
    ].merging(shell.environment) { $1 }
    server = Server(environment)
    let command = ([BuiltBinary.mfsh] + shell.options + arguments).map { "'\($0)'" }.joined(separator: " ")
    try server.run([
      "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", "-c", shell.home.path,
      "seq -f 'earlier line %g' 20; exec \(command)",
    ])
  }

  /// Types keys, by tmux's names for those that are no characters.
  func send(_ keys: String...) throws { try server.run(["send-keys"] + keys) }

  /// Gives the window another width, at once.
  func resize(columns: Int) throws { try server.run(["resize-window", "-x", "\(columns)"]) }

  /// The rows that it shows, without the empty ones.
  func rows() throws -> [String] {
    try server.run(["capture-pane", "-p"]).split(separator: "\n").map(String.init)
  }

  /// Waits until it shows what is wanted.
  func wait(for what: String, until condition: ([String]) -> Bool) throws {
    let end = ContinuousClock.now + .seconds(Shell.patience)
    while true {
      let rows = try rows()
      if condition(rows) { return }
      guard ContinuousClock.now < end else {
        throw SupportError("waited in vain for \(what); the window:\n\(rows.joined(separator: "\n"))")
      }
    }
  }

  /// The server of this window alone. It ends with this value, and mfsh by its SIGHUP.
  private final class Server {
    private let environment: [String: String]

    init(_ environment: [String: String]) { self.environment = environment }

    deinit { _ = try? run(["kill-server"]) }

    @discardableResult
    func run(_ command: [String]) throws -> String {
      let result = try ChildProcess.run(
        ["tmux", "-f", "/dev/null"] + command, environment: environment, within: Shell.patience)
      guard result.status == .exited(0) else { throw SupportError("tmux \(command): \(result.error)") }
      return result.output
    }
  }
}
