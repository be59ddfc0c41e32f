import Glibc
import HTTP
import LineEditing
import LuaKit
import MFWS
import Sandbox

/// The whole program: command line in, exit status out.
package enum Program {
  /// Runs mfsh with the arguments behind its name.
  package static func run(_ arguments: [String]) -> Int32 {
    StandardDescriptors.fill()
    CrashReports.disable()
    TerminalLocale.adopt()
    do {
      let parsed = try ParsedCommandLine(parsing: arguments)
      return try run(try Invocation(parsed, fileExists: { access($0, F_OK) == 0 }))
    } catch let error as UsageError {
      OutputStream.error(error.description)
      return ExitStatus.usage.rawValue
    } catch {
      OutputStream.error("mfsh: \(error)")
      return status(of: error).rawValue
    }
  }

  private static func run(_ invocation: Invocation) throws -> Int32 {
    switch invocation.action {
    case .help(let topic): return try explain(topic)
    case .manualPage: return show(ManualPage.text)
    case .completion(let shell): return show(shell.script)
    case .profileNames: return try show(ProfileFile.standard().names.map { "\($0)\n" }.joined())
    case .version: return show("mfsh \(Version.number)\n")
    case .sandbox(let options): return SandboxCommand.run(options)
    case .prompt, .script, .standardInput, .code, .oneShot, .check:
      let end = try LuaRun(invocation).run()
      if let signal = end.signal { EndOfProgram.end(by: signal) }
      return end.status
    }
  }

  private static func status(of error: any Error) -> ExitStatus {
    switch error {
    case let error as MFWSError: ExitStatus(uncaught: error.code.rawValue)
    case let error as LuaError: ExitStatus(uncaught: error.code)
    case is SandboxError, is ProfileError: .configuration
    default: .scriptFailed
    }
  }

  private static func explain(_ topic: String?) throws(UsageError) -> Int32 {
    // Somebody reads it; what the pager does with Ctrl-C and with the rest of the text is the pager's.
    if OutputStream.isTerminal {
      signal(SIGINT, SIG_IGN)
      signal(SIGPIPE, SIG_IGN)
      Pager.turnOn()
    }
    if let topic { try HelpPage.show(topic) } else { HelpPage.show(text: HelpText.main) }
    return endOfOutput(ExitStatus.success.rawValue)
  }

  private static func show(_ text: String) -> Int32 {
    StandardOutput.write(text)
    return endOfOutput(ExitStatus.success.rawValue)
  }

  /// The status after the last byte was written: one that could not be written makes a success a failure.
  static func endOfOutput(_ status: Int32) -> Int32 {
    errno = 0
    if OutputStream.flush() { return status }
    let reason = errno == 0 ? "an earlier write failed" : describe(errno)
    guard status == 0 else { return status }
    if errno == EPIPE || Signals.take().contains(SIGPIPE) { return ExitStatus.closedPipe.rawValue }
    OutputStream.error("mfsh: cannot write to standard output: \(reason); check where it is redirected to")
    return ExitStatus.scriptFailed.rawValue
  }
}
