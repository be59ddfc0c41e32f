import Glibc

/// How long tests wait for what has to come.
package enum Patience {
  /// Seconds that a program may take before a test gives it up: many run at a time.
  package static let seconds = 40.0
}

/// A moment by which something has to have happened.
struct Deadline {
  private let instant: ContinuousClock.Instant

  init(within seconds: Double) { instant = .now + .seconds(seconds) }

  var hasPassed: Bool { ContinuousClock.now >= instant }

  /// What is left, for poll(2), in steps that let other conditions be looked at.
  var pollMilliseconds: Int32 {
    let left = ContinuousClock.now.duration(to: instant)
    return Int32(max(0, min(20, left / .milliseconds(1))))
  }
}

/// Waits until the descriptor is readable, the deadline comes or 20 ms are over; true when readable or closed.
func waitForInput(_ descriptor: Int32, until deadline: Deadline) -> Bool {
  var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
  return poll(&entry, 1, deadline.pollMilliseconds) > 0
}

/// Reads what is there; nil at the end.
func readAvailable(_ descriptor: Int32) -> [UInt8]? {
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  let count = read(descriptor, &chunk, chunk.count)
  if count < 0, errno == EAGAIN || errno == EINTR { return [] }
  return count > 0 ? Array(chunk[..<count]) : nil
}
