import CTestSupport
import Glibc

/// A program that runs on a terminal of its own, as under a person's hands.
///
/// Wait for the prompt before typing: keys sent earlier go through the kernel's line editing.
package final class PseudoTerminal {
  private(set) var master: Int32
  private var child: Child
  private var output: [UInt8] = []
  /// What a person sees.
  package let screen: TerminalScreen
  private var searchStart = 0
  private let evidence = Evidence()
  private var showsTyping = false
  let path: String
  /// The folder that the program works in, kept as long as the program.
  package var home: TemporaryFolder?

  /// Starts `command` (its program with all arguments) on a terminal of the given size.
  package init(
    _ command: [String], environment: [String: String] = [:], folder: String? = nil, columns: Int = 80,
    rows: Int = 24
  ) throws {
    var name = [CChar](repeating: 0, count: 128)
    master = support_open_terminal(&name, name.count)
    screen = TerminalScreen(columns: columns, rows: rows)
    guard master >= 0 else { throw SupportError("no pseudo terminal") }
    path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    _ = fcntl(master, F_SETFL, O_NONBLOCK)
    let environment = Spawn.environment(["TERM": "xterm-256color"].merging(environment) { $1 })
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    child = try Spawn.start(command, environment: environment, folder: folder, streams: .terminal(path: path))
  }

  deinit {
    if !showsTyping { evidence.record(output, as: "screen") }
    if master >= 0 { close(master) }
  }

  /// Keeps the screen out of the search for secrets: the test types one where typing is echoed.
  package func showsTyping(because _: String) { showsTyping = true }

  /// The process's id.
  package var id: Int32 { child.id }

  /// Closes the terminal's window, as it were: the program gets SIGHUP, and nobody answers it any more.
  package func hangUp() {
    close(master)
    master = -1
  }

  /// Types text or keys.
  package func send(_ text: String) { send(bytes: Array(text.utf8)) }

  /// Types bytes, which need not be text.
  package func send(bytes: [UInt8]) {
    var rest = bytes[...]
    let deadline = Deadline(within: 50)
    while !rest.isEmpty, !deadline.hasPassed {
      let count = rest.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) }
      _ = drain(until: deadline)
    }
  }

  /// Waits until `text` shows (sequences left out) after what earlier calls have found.
  @discardableResult
  package func expect(_ text: String, within seconds: Double = Patience.seconds) throws -> String {
    let deadline = Deadline(within: seconds)
    while true {
      let seen = ScreenText.plain(Array(output[searchStart...]))
      if let end = seen.endOfFirst(text) {
        searchStart = offset(afterPlain: end)
        return String(seen.prefix(end))
      }
      guard drain(until: deadline), !deadline.hasPassed else {
        throw SupportError("“\(text)” did not show; the screen so far:\n\(screenText)")
      }
    }
  }

  /// Everything so far, without escape sequences.
  package var screenText: String { ScreenText.plain(output) }

  /// Everything so far as it came.
  package var rawOutput: [UInt8] { output }

  /// Whether bytes are part of what came behind a count of bytes.
  package func hasShown(_ bytes: [UInt8], after count: Int = 0) -> Bool {
    output[count...].withUnsafeBytes { shown in
      bytes.withUnsafeBytes { part in
        support_contains(shown.baseAddress, shown.count, part.baseAddress, part.count) != 0
      }
    }
  }

  /// Changes the window's size; the program gets the signal for it.
  package func resize(columns: Int, rows: Int) {
    _ = drain(until: Deadline(within: 0))
    screen.resize(columns: columns, rows: rows)
    resizeUnseen(columns: columns, rows: rows)
  }

  /// Tells the program of another size, and leaves the screen as it is: libvterm cannot have wide characters in a window
  /// of a few columns.
  package func resizeUnseen(columns: Int, rows: Int) {
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// Sends a signal to the program alone.
  package func signal(_ number: Int32) { child.signal(number) }

  /// The terminal's settings: whether it echoes, and whether it reads whole lines.
  package var settings: (echoes: Bool, readsLines: Bool) {
    var settings = termios()
    tcgetattr(master, &settings)
    return (settings.c_lflag & tcflag_t(ECHO) != 0, settings.c_lflag & tcflag_t(ICANON) != 0)
  }

  /// Waits until a condition holds that output alone does not show.
  package func wait(
    for what: String, within seconds: Double = Patience.seconds, until condition: () -> Bool
  ) throws {
    let deadline = Deadline(within: seconds)
    while !condition() {
      _ = drain(until: deadline)
      if deadline.hasPassed {
        throw SupportError("waited in vain for \(what); the screen so far:\n\(screenText)")
      }
    }
  }

  /// Waits until the screen is as wanted.
  package func waitForScreen(
    _ what: String, within seconds: Double = 50, until condition: (TerminalScreen) throws -> Bool
  ) throws {
    let deadline = Deadline(within: seconds)
    while try !condition(screen) {
      let isOpen = drain(until: deadline)
      if deadline.hasPassed || !isOpen, try !condition(screen) {
        throw SupportError("waited in vain for \(what); the screen:\n\(ScreenPicture.text(of: screen))")
      }
    }
  }

  /// Waits until nothing has come for a while, but not for what keeps moving: only to record what has no picture yet.
  package func waitForSilence(of milliseconds: Int = 700) {
    var end = ContinuousClock.now + .milliseconds(milliseconds)
    let latest = ContinuousClock.now + .seconds(5)
    while ContinuousClock.now < min(end, latest) {
      let count = output.count
      if !drain(until: Deadline(within: 0.02)) { return }
      if output.count > count { end = .now + .milliseconds(milliseconds) }
    }
  }

  /// Waits for the program's end.
  package func waitForExit(within seconds: Double = Patience.seconds) throws -> ExitStatus {
    let deadline = Deadline(within: seconds)
    while true {
      if let status = child.poll() {
        while readAvailable(master).map(take) != nil, waitForInput(master, until: Deadline(within: 0)) {}
        return status
      }
      if !drain(until: deadline) { usleep(1_000) }
      if deadline.hasPassed { throw SupportError("the program runs on; the screen so far:\n\(screenText)") }
    }
  }

  /// Takes in what comes within a moment; false once the terminal is closed on the other side.
  func drain(until deadline: Deadline) -> Bool {
    guard waitForInput(master, until: deadline) else { return true }
    guard let bytes = readAvailable(master) else { return false }
    take(bytes)
    return true
  }

  private func take(_ bytes: [UInt8]) {
    output += bytes
    screen.feed(bytes)
  }

  /// The offset in the raw output by which `count` plain characters have shown.
  private func offset(afterPlain count: Int) -> Int {
    var low = searchStart
    var high = output.count
    while low < high {
      let middle = (low + high) / 2
      if ScreenText.plain(Array(output[searchStart..<middle])).count < count {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }
}

extension String {
  /// How many characters there are up to the end of the first `text`.
  func endOfFirst(_ text: String) -> Int? {
    let all = Array(self)
    let wanted = Array(text)
    guard wanted.count <= all.count else { return nil }
    return (0...(all.count - wanted.count)).first { all[$0..<($0 + wanted.count)].elementsEqual(wanted) }
      .map { $0 + wanted.count }
  }
}
