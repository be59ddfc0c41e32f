import Check
import Glibc
import HTTP

/// Shows the progress of a run on standard error. Used on the main thread only.
final class ProgressDisplay {
  private var meter: ProgressMeter?
  private let isRedrawn: Bool
  private var line = RedrawnLine.atCursor

  /// - Parameter total: how many rows there are to run.
  init(_ wish: CheckArguments.Progress, total: Int) {
    let isTerminal = isatty(STDERR_FILENO) == 1 && Environment.value("TERM") != "dumb"
    isRedrawn = wish == .auto && isTerminal && !OutputStream.isLog
    meter =
      wish == .none ? nil : ProgressMeter(isRedrawn ? .redrawn : .plain, total: total, now: Clock.now)
  }

  /// A row has ended.
  func add(_ status: RowResult.Status) { meter?.add(status) }

  /// Seconds after which `show` may have something to show.
  var pause: Double { meter?.pause(now: Clock.now) ?? 60 }

  /// Shows what is due.
  func show() {
    guard let text = meter?.line(now: Clock.now) else { return }
    guard isRedrawn else { return OutputStream.error("mfsh: \(text)") }
    Self.write(line.drawing(text, width: Self.width))
  }

  /// Erases the line, before something else is written or at the end.
  func clear() {
    if line.isShown { Self.write(line.erasing(width: Self.width)) }
  }

  private static var width: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  private static func write(_ text: String) {
    _ = WholeTransfer.write(Array(text.utf8), to: STDERR_FILENO)
  }
}
