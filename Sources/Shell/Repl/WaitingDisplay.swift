import Glibc
import HTTP
import LineEditing
import LuaKit

/// The terminal while a statement waits: it does not show what is typed ahead, since the next prompt will, and after a
/// second a line says what is waited for.
///
/// The line stands in the row below the cursor, wherever code has left that, and only while no code runs: it is gone
/// before a `print`, an `io.read` or another program could meet it. Used on the main thread only.
final class WaitingDisplay: @unchecked Sendable {
  /// Seconds until the line comes, and between two of them.
  private static let delay = 1.0, interval = 0.5

  private let loop: EventLoop
  /// Whether the terminal may be changed: a line editor reads it.
  var isOnTerminal = false
  /// Whether the line is shown; traces tell more.
  var showsProgress = false
  private var start = 0.0
  private var paused = 0.0
  private var isRunning = false
  private var nextDrawing = 0.0
  private var isQuiet = false
  private var line = RedrawnLine.belowCursor

  init(_ loop: EventLoop) { self.loop = loop }

  /// A statement begins.
  func begin() {
    start = Clock.now
    nextDrawing = start + Self.delay
    isRunning = isOnTerminal
  }

  /// Seconds since the statement began, without those in which somebody was asked.
  var elapsed: Double { Clock.now - start }

  /// Gives the terminal to a question.
  func pause() {
    leave()
    paused = Clock.now
  }

  /// The question is answered: the time does not count.
  func resume() { start += Clock.now - paused }

  /// The statement has ended.
  func end() {
    leave()
    isRunning = false
  }

  /// Runs the loop once while code waits.
  func step() {
    guard isRunning else {
      loop.step()
      return
    }
    if !isQuiet { TerminalModes.setEcho(false) }
    isQuiet = true
    guard showsProgress else {
      loop.step()
      return
    }
    let now = Clock.now
    if now >= nextDrawing {
      draw(ProgressText.line(loop.requestsUnderWay, seconds: now - start))
      nextDrawing = now + Self.interval
    }
    loop.step(limit: max(0, nextDrawing - now))
  }

  /// Gives the terminal back, before code runs on or somebody else writes.
  func leave() {
    if isQuiet { TerminalModes.setEcho(true) }
    isQuiet = false
    clear()
  }

  /// Erases the line.
  func clear() {
    if line.isShown { write(line.erasing(width: OutputStream.width)) }
  }

  private func draw(_ text: String) {
    // What code has written without a line end is to be seen as well.
    if !line.isShown { _ = StandardOutput.flush() }
    write(line.drawing(text, width: OutputStream.width))
  }

  private func write(_ text: String) {
    _ = WholeTransfer.write(Array(text.utf8), to: STDOUT_FILENO)
  }
}
