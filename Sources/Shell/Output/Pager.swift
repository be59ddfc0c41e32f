import Glibc
import HTTP
import LuaKit

/// Shows text a screen at a time where it does not fit on one: through `$MFSH_PAGER`, `$PAGER` or `less`.
///
/// Only the prompt pages: a script must not wait for somebody to press `q`. What cannot be paged is written as it is.
enum Pager {
  private static let isOn = Locked(false)

  /// From now on somebody sits at the prompt.
  static func turnOn() { isOn.withLock { $0 = true } }

  /// Shows whole lines, which may hold words of a server.
  static func show(_ text: String) {
    guard isOn.withLock({ $0 }), let command else { return OutputStream.write(text) }
    // Those of CSV end in CR LF.
    let lines = TerminalText.lines(text)
    guard isTaller(lines), page(lines, through: command) else { return OutputStream.write(text) }
  }

  /// The words of the pager; nil where there is none.
  private static var command: [String]? {
    guard OutputStream.isTerminal, isatty(STDIN_FILENO) == 1, !isDumb else { return nil }
    let names = ["MFSH_PAGER", "PAGER"]
    let chosen = names.lazy.compactMap { getenv($0) }.first.map { String(cString: $0) } ?? "less"
    let words = ChildProgram.words(chosen)
    return words.isEmpty || words == ["cat"] ? nil : words
  }

  private static var isDumb: Bool {
    ["dumb", "unknown"].contains(Environment.value("TERM") ?? "unknown")
  }

  /// Whether the text leaves no line of the screen for the prompt.
  private static func isTaller(_ text: String) -> Bool {
    guard let screen = OutputStream.screen else { return false }
    var rows = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      rows += max(1, (TerminalText.width(String(line)) + screen.columns - 1) / screen.columns)
      if rows >= screen.rows { return true }
    }
    return false
  }

  // MARK: the program

  /// False: the pager cannot be run, and nothing was shown.
  private static func page(_ text: String, through command: [String]) -> Bool {
    _ = OutputStream.flush()
    var settings = termios()
    let isKnown = tcgetattr(STDIN_FILENO, &settings) == 0
    // A pager that was killed leaves the terminal as it needed it.
    defer { if isKnown { tcsetattr(STDIN_FILENO, TCSADRAIN, &settings) } }
    let stopped = Signals.setInterruptStops(false)
    defer {
      Signals.forget(SIGINT)
      Signals.setInterruptStops(stopped)
    }
    return Watchdog.shared.leavingInterruptsToOthers { PagerProgram.run(command, showing: text) }
  }
}

/// The pager as a child that reads the text from a pipe.
///
/// It stays in this program's process group: Ctrl-Z stops both, and Ctrl-C is the pager's alone, as the caller sees to.
private struct PagerProgram {
  private let child: pid_t
  private var pipe: Int32
  private var rest: ArraySlice<UInt8>
  /// Nobody sees its end but who asks.
  private static let milliseconds: Int32 = 20

  /// False: it cannot be run.
  static func run(_ command: [String], showing text: String) -> Bool {
    guard var program = PagerProgram(command, Array(text.utf8)) else { return false }
    let status = program.wait()
    // The shell's words for a program that is missing, or none.
    return ![126, 127].contains(status >> 8 & 0xFF)
  }

  private init?(_ command: [String], _ text: [UInt8]) {
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else { return nil }
    defer { close(ends[0]) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO)
    // Leave when all fits, show colours, keep the text on the screen; as git has it.
    let defaults = Environment.value("LESS") == nil ? ["LESS=FRX"] : []
    guard let child = try? ChildProgram.start(command, &actions, adding: defaults) else {
      close(ends[1])
      return nil
    }
    self.child = child
    pipe = ends[1]
    rest = text[...]
  }

  /// Feeds it until it ends, or the program must. Gives its status.
  private mutating func wait() -> Int32 {
    var status: Int32 = 0
    var patience = 50
    while waitpid(child, &status, WNOHANG) == 0 {
      feed()
      if Watchdog.shared.endStatus != nil {
        kill(child, patience > 0 ? SIGTERM : SIGKILL)
        patience -= 1
      }
    }
    if pipe >= 0 { close(pipe) }
    return status
  }

  private mutating func feed() {
    var entry = pollfd(fd: pipe, events: Int16(POLLOUT), revents: 0)
    guard poll(&entry, 1, Self.milliseconds) > 0 else { return }
    let count = rest.withUnsafeBytes { write(pipe, $0.baseAddress, $0.count) }
    if count > 0 { rest = rest.dropFirst(count) }
    let isInterrupted = count < 0 && (errno == EINTR || errno == EAGAIN)
    guard rest.isEmpty || count < 0 && !isInterrupted else { return }
    close(pipe)
    // poll passes over it from now on.
    pipe = -1
  }
}
