import Glibc
import HTTP
import LuaKit
import MFWS

/// A run with a Lua state: a script, code, standard input, the prompt.
final class LuaRun {
  private let invocation: Invocation
  let runtime: Runtime
  private let variables: TakenVariables

  init(_ invocation: Invocation) throws {
    self.invocation = invocation
    // Before any program is started.
    _ = TakenEnvironment.shared
    variables = TakenVariables(invocation.secretAliases)
    let password: Secret? =
      switch invocation.settings.password {
      case .unsaid: nil
      case .standardInput: try SecretSource.standardInput()
      case .command(let command):
        try SecretSource.command(["/bin/sh", "-c", command], named: "the program of --password-command")
      }
    runtime = try Runtime(settings: invocation.settings, password: password, arguments: invocation.arguments)
    if let name = runtime.connection.nameOfInsecure {
      OutputStream.error("mfsh: warning: \(name): the server's certificate is not verified")
    }
  }

  /// Runs everything, logs every session out, and gives the exit status; and the signal that has ended a script, for the
  /// program to end by. A prompt and a check keep their statuses.
  func run() throws -> (status: Int32, signal: Int32?) {
    guard Signals.install(stopping: runtime.state, waking: runtime.loop.wakeDescriptor) else {
      throw LuaError(code: "client.usage", message: "signals cannot be handled: \(describe(errno))")
    }
    Watchdog.shared.start(sessions: runtime.sessions, endsBySignal: !isCheck)
    let status = try runChunks()
    guard let status else {
      Watchdog.shared.keepStatuses()
      return (finish(Prompt(runtime).run()), nil)
    }
    let end = finish(status)
    return (end, isCheck ? nil : EndOfProgram.signal(of: end))
  }

  private var isCheck: Bool { if case .check = invocation.action { true } else { false } }

  /// nil: the prompt comes next.
  private func runChunks() throws -> Int32? {
    if case .oneShot(let shot) = invocation.action { return try run(shot) }
    if case .check(let task) = invocation.action { return run(task, variables) }
    for chunk in try chunks() {
      let status = run(chunk)
      guard status == 0 else { return status }
    }
    let wantsPrompt = isPrompt || invocation.settings.staysAtPrompt
    return wantsPrompt ? nil : 0
  }

  /// Without a terminal on standard input there is nobody to type: what comes is one chunk.
  private var isPrompt: Bool { invocation.action == .prompt && isatty(STDIN_FILENO) == 1 }

  private struct Chunk {
    let code: [UInt8]
    let name: String
    /// `arg[0]`.
    let script: String
  }

  private func chunks() throws -> [Chunk] {
    switch invocation.action {
    case .code(let pieces):
      return pieces.map { Chunk(code: Array($0.utf8), name: "=(command line)", script: "mfsh") }
    case .script(let path):
      let code = LuaSourceFile.code(try FileContent.read(path))
      return [Chunk(code: code, name: "@\(path)", script: path)]
    case .standardInput,
      .prompt where !isPrompt:
      let code = LuaSourceFile.code(try FileContent.readAll(STDIN_FILENO, named: "standard input"))
      return [Chunk(code: code, name: "=stdin", script: "-")]
    default: return []
    }
  }

  private func run(_ chunk: Chunk) -> Int32 {
    guard !LuaSourceFile.isCompiled(chunk.code) else {
      OutputStream.error("mfsh: \(chunk.script): compiled Lua is not run; give its source")
      return ExitStatus.scriptFailed.rawValue
    }
    Watchdog.shared.luaRuns(atPrompt: false)
    defer { Watchdog.shared.luaHasReturned() }
    do {
      let arguments = invocation.arguments.map(LuaValue.string)
      try runtime.scheduler.run(
        Array(Prelude.argumentsCode.utf8), chunkName: "=mfsh", arguments: [.string(chunk.script)] + arguments
      ) { _ in }
      try runtime.scheduler.run(chunk.code, chunkName: chunk.name, arguments: arguments) { _ in }
      return 0
    } catch let failure as LuaFailure {
      return status(of: failure)
    } catch {
      OutputStream.error("mfsh: \(error)")
      return ExitStatus.scriptFailed.rawValue
    }
  }

  private func status(of failure: LuaFailure) -> Int32 {
    if failure.kind == .stopped { return Self.statusOfStop }
    OutputStream.error("mfsh: \(failure.report)")
    return ExitStatus(uncaught: failure.code).rawValue
  }

  static var statusOfStop: Int32 {
    EndOfProgram.status(of: Signals.take()) ?? ExitStatus.interrupted.rawValue
  }

  private func finish(_ status: Int32) -> Int32 {
    runtime.scheduler.clearStop()
    runtime.defaultSession = nil
    let deadline = Clock.now + Closing.seconds
    runtime.closing.logOut()
    Signals.detach()
    runtime.state.close()
    // What finalizers let go of. After a server that stayed silent it gets a moment, not the whole time once more.
    runtime.closing.logOut(within: max(deadline - Clock.now, 0.5))
    if let problem = runtime.tracing.problem { OutputStream.error("mfsh: \(problem)") }
    let ended = EndOfProgram.status(of: runtime.closing.takeSignals())
    return Program.endOfOutput(status == 0 ? ended ?? 0 : status)
  }
}

extension LuaFailure {
  /// What is shown of a failure that nobody caught: errors of ours and of the syntax are one line, and one more where
  /// they come from a task; those of Lua code bring the traceback.
  var report: String {
    let isOurs = code != nil && value == nil
    if isOurs, let task { return "\(line)\n  in \(task)" }
    // A single frame says no more than the position does.
    let frames = traceback.split(separator: "\n").count - 1
    let isPlain = isOurs || kind != .runtime || frames < 2
    return isPlain ? line : "\(line)\n\(traceback.replacing("\t", with: "  "))"
  }
}

extension LuaFailure {
  /// The message as one line, with the position in front when Lua knows it; or the table that was raised.
  var line: String {
    if let value { return Self.line(value) }
    return message.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\\n")
  }

  private static func line(_ table: LuaView) -> String {
    var source = LuaSource(width: .max)
    return TerminalText.fitted(source.text(table), to: longestTable)
  }

  /// Columns of a table that was raised.
  private static let longestTable = 400
}

/// Lua source as it lies in a file.
enum LuaSourceFile {
  /// Whether it is a chunk that luac made: a forged one breaks the interpreter.
  static func isCompiled(_ code: [UInt8]) -> Bool { code.first == 0x1B }

  /// Without a byte order mark, and with an empty first line in place of `#!…`.
  static func code(_ content: [UInt8]) -> [UInt8] {
    var code = content[...]
    if code.starts(with: [0xEF, 0xBB, 0xBF]) { code = code.dropFirst(3) }
    if code.first == UInt8(ascii: "#") { code = code.drop { $0 != 0x0A } }
    return Array(code)
  }
}
