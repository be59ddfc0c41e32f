import CMicroHTTPD
import Glibc
import MFWS

/// The connections that wait: for a moment, for an answer from elsewhere, or for their client to give up.
///
/// A connection that waits costs no thread, and the others are served meanwhile.
final class WaitingRoom: Sendable {
  @safe private struct Guest: @unchecked Sendable {
    // Handed to libmicrohttpd only, which allows it from any thread while the connection is suspended.
    let connection: OpaquePointer
    let descriptor: Int32
  }
  private struct State {
    var guests: [Int: Guest] = [:]
    var lastTicket = 0
    var isClosed = false
  }
  private let state = Locked(State())

  /// How often it is looked whether a client has gone.
  private static let checkSeconds = 0.2
  /// Linux's POLLRDHUP, which Swift's Glibc lacks.
  private static let hangUp: Int16 = 0x2000
  /// Nobody waits longer, not even for a client that never gives up.
  static let patience = 600.0

  /// Suspends the connection until `seconds` have passed, its client has gone, or ``resume(_:)`` is called with the
  /// ticket. To be called from libmicrohttpd's callbacks only. Nil when the daemon is about to stop.
  @unsafe func suspend(_ connection: OpaquePointer, for seconds: Double) -> Int? {
    let ticket: Int? = state.withLock { state in
      guard !state.isClosed else { return nil }
      state.lastTicket += 1
      unsafe MHD_suspend_connection(connection)
      state.guests[state.lastTicket] = unsafe Guest(
        connection: connection, descriptor: connection_socket(connection))
      return state.lastTicket
    }
    guard let ticket else { return nil }
    let end = ContinuousClock.now + .seconds(seconds)
    // On the loop's own thread: that of Swift's pool may all be blocked, by a test that waits for this very answer.
    Task(executorPreference: EventLoop.shared) { await self.watch(ticket, until: end) }
    return ticket
  }

  var count: Int { state.withLock { $0.guests.count } }

  /// Lets a connection go on. One that went on already is left alone.
  func resume(_ ticket: Int) {
    state.withLock { state in
      guard let guest = state.guests.removeValue(forKey: ticket) else { return }
      unsafe MHD_resume_connection(guest.connection)
    }
  }

  /// Lets all go on; from now on nobody waits.
  func close() {
    state.withLock { state in
      state.isClosed = true
      for guest in state.guests.values { unsafe MHD_resume_connection(guest.connection) }
      state.guests = [:]
    }
  }

  private func watch(_ ticket: Int, until end: ContinuousClock.Instant) async {
    while ContinuousClock.now < end, isClientThere(ticket) {
      let left = (end - .now) / .seconds(1)
      await EventLoop.shared.sleep(seconds: max(0, min(left, Self.checkSeconds)))
    }
    resume(ticket)
  }

  /// libmicrohttpd does not look after suspended connections. Their descriptors stay open until they are resumed.
  private func isClientThere(_ ticket: Int) -> Bool {
    state.withLock { state in
      guard let guest = state.guests[ticket] else { return false }
      var entry = pollfd(fd: guest.descriptor, events: Self.hangUp, revents: 0)
      return unsafe poll(&entry, 1, 0) == 0
    }
  }
}
