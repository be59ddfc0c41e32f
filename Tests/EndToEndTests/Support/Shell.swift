import Sandbox
import TestSupport

/// The built shell with a home folder of its own, which is the current folder too.
struct Shell {
  typealias Outcome = (status: TestSupport.ExitStatus, output: String, error: String)

  /// How long a program may take before a test gives it up: many run at a time.
  static let patience = Patience.seconds

  let home: TemporaryFolder
  var environment: [String: String] = [:]
  /// Options in front of all arguments.
  var options: [String] = []

  init(server: String? = nil) throws {
    home = try TemporaryFolder()
    if let server { options = ["--url", server] }
  }

  /// Runs mfsh to its end.
  func run(_ arguments: [String], input: String = "") throws -> Outcome {
    try ChildProcess.run(
      [BuiltBinary.mfsh] + options + arguments, environment: variables, folder: home.path, input: input,
      within: Self.patience)
  }

  /// Runs Lua code with `-e`.
  func run(_ code: String, input: String = "") throws -> Outcome { try run(["-e", code], input: input) }

  /// Runs mfsh as `"$0" "$@"` of a shell script.
  func run(inScript script: String, _ arguments: [String]) throws -> Outcome {
    try ChildProcess.run(
      ["sh", "-c", script, BuiltBinary.mfsh] + options + arguments, environment: variables,
      folder: home.path, within: Self.patience)
  }

  /// Starts mfsh with pipes.
  func start(_ arguments: [String], input: String = "") throws -> ChildProcess {
    try ChildProcess(
      [BuiltBinary.mfsh] + options + arguments, environment: variables, folder: home.path, input: input)
  }

  /// Starts mfsh on a terminal.
  func terminal(
    _ arguments: [String] = [], columns: Int = 100, rows: Int = 24
  ) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      [BuiltBinary.mfsh] + options + arguments, environment: variables, folder: home.path, columns: columns,
      rows: rows)
    terminal.home = home
    return terminal
  }

  /// Starts mfsh in a window of tmux, full of earlier output if it is to be.
  func window(
    _ arguments: [String] = [], columns: Int = 80, rows: Int = 24, isFull: Bool = false
  ) throws -> Tmux {
    try Tmux(
      [BuiltBinary.mfsh] + options + arguments, environment: variables, folder: home.path, columns: columns,
      rows: rows, isFull: isFull)
  }

  private var variables: [String: String] {
    ["HOME": home.path, "no_proxy": "*", "MFSH_PAGER": ""].merging(environment) { $1 }
  }
}

extension ChildProcess {
  /// Waits for the end as long as a busy machine may need.
  func waitPatiently() throws -> TestSupport.ExitStatus { try waitForExit(within: Shell.patience) }

  /// Waits for output as long as a busy machine may need.
  @discardableResult
  func expectPatiently(_ text: String) throws -> String { try expect(text, within: Shell.patience) }
}

extension PseudoTerminal {
  /// Types a line and waits for what it brings.
  @discardableResult
  func type(_ line: String, until text: String) throws -> String {
    send(line + "\r")
    return try show(text)
  }

  /// Waits for output as long as a busy machine may need.
  @discardableResult
  func show(_ text: String) throws -> String { try expect(text, within: Shell.patience) }
}
