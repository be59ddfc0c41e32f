import Glibc

/// Asks for a password on the terminal, without echo.
///
/// It reads `/dev/tty`, so that it works while standard input is a file, and never through libedit, whose buffers
/// are not wiped.
package enum PasswordQuestion {
  /// What came of it.
  package enum Answer: Equatable, Sendable {
    /// The bytes without the line end; the caller wipes them.
    case answer([UInt8])
    /// Ctrl-C, or a signal that ends the program (sent on after the terminal was put back).
    case interrupted
    /// Ctrl-D.
    case endOfInput
    /// There is no terminal to ask on.
    case noTerminal
  }

  /// Asks, and waits for the answer. While it waits the signals of the keyboard are its own; what the program had
  /// installed for them is back when it returns. One question at a time.
  package static func ask(prompt: String) -> Answer {
    guard let descriptor = openTerminal() else { return .noTerminal }
    defer { close(descriptor) }
    while true {
      switch askOnce(prompt, descriptor) {
      case .finished(let answer): return answer
      case .signalled(SIGTSTP):
        // The program stops here, and asks again when it is continued.
        kill(0, SIGTSTP)
      case .signalled(let signal):
        if signal != SIGINT { raise(signal) }
        return .interrupted
      }
    }
  }

  private enum Attempt {
    case finished(Answer), signalled(Int32)
  }

  private static func askOnce(_ prompt: String, _ descriptor: Int32) -> Attempt {
    guard let signals = SignalWatch([SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTSTP]) else {
      return .finished(.noTerminal)
    }
    defer { signals.end() }
    guard let quiet = QuietTerminal(descriptor) else { return .finished(.noTerminal) }
    defer { quiet.restore() }
    Terminal.write(Array((Terminal.pasteOff + prompt).utf8), to: descriptor)
    defer { Terminal.write([UInt8(ascii: "\n")], to: descriptor) }
    return readAnswer(descriptor, signals)
  }

  private static func readAnswer(_ descriptor: Int32, _ signals: SignalWatch) -> Attempt {
    var answer = WipedBytes()
    defer { answer.wipe() }
    while true {
      if let signal = signals.wait(orInputOn: descriptor) { return .signalled(signal) }
      switch answer.readByte(from: descriptor) {
      case .lineEnd: return .finished(.answer(answer.bytes))
      case .end: return .finished(answer.count > 0 ? .answer(answer.bytes) : .endOfInput)
      case .more: continue
      }
    }
  }

  private static func openTerminal() -> Int32? {
    let descriptor = unsafe open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    return descriptor >= 0 ? descriptor : nil
  }
}
