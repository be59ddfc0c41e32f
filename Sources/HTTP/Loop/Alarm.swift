import CCurl
import Glibc

/// A descriptor that ends a wait at a moment in time. Whole milliseconds are all that `curl_multi_poll` counts, which is
/// a long time for what is to happen a thousand times a second.
final class Alarm {
  private let descriptor: Int32
  /// What it is set to; it is readable from then on.
  private var moment = -1.0

  init() {
    descriptor = alarm_descriptor()
    precondition(descriptor >= 0, "no descriptor is left for the loop")
  }

  deinit { close(descriptor) }

  /// The descriptor, set to a moment on the clock of `Clock.now`.
  func descriptor(at due: Double) -> Int32 {
    if due != moment {
      moment = due
      let seconds = due.rounded(.down)
      // No time at all would turn it off.
      alarm_set(descriptor, Int(seconds), max(1, Int((due - seconds) * 1e9)))
    }
    return descriptor
  }
}
