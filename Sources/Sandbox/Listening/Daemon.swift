import MFWS
import CMicroHTTPD
import Glibc

/// What answers requests. An object of its own, because the daemon's thread holds it while `Daemon` is torn down.
final class Responder: Sendable {
  /// The answer to a request; called on the daemon's thread, one at a time.
  let respond: @Sendable (WebRequest) -> WebResponse

  init(_ respond: @escaping @Sendable (WebRequest) -> WebResponse) { self.respond = respond }
}

/// The HTTP server: libmicrohttpd with one polling thread, handing whole requests to a responder on that thread.
@safe final class Daemon: Sendable {
  private let responder: Responder
  private let handle: Locked<OpaquePointer?>

  private static let connectionLimit: UInt32 = 1000
  private static let idleSeconds: UInt32 = 120

  /// Serves the socket, which from then on belongs to the daemon.
  init(_ socket: ListeningSocket, _ responder: Responder) throws(SandboxError) {
    self.responder = responder
    unsafe handle = Locked(nil)
    // The thread refers to the responder until `stop`, which `deinit` calls at the latest.
    let context = unsafe Unmanaged.passUnretained(responder).toOpaque()
    let started = unsafe Self.withSignalsBlocked {
      unsafe daemon_start(
        socket.descriptor, handleRequest, context, requestCompleted, Self.connectionLimit, Self.idleSeconds)
    }
    guard let started = unsafe started else {
      throw SandboxError(.listening, "the web server did not start: no memory or threads left; free some")
    }
    unsafe handle.withLock { unsafe $0 = started }
  }

  deinit { stop() }

  /// Ends the thread and closes all connections. Waits for a request in progress. Stopping twice is fine.
  func stop() {
    let running = unsafe handle.withLock { handle in
      defer { unsafe handle = nil }
      return unsafe handle
    }
    if let running = unsafe running { unsafe MHD_stop_daemon(running) }
  }

  /// Threads inherit the mask: signals are for the program's own threads.
  private static func withSignalsBlocked<Result>(_ body: () -> Result) -> Result {
    var (all, before) = (sigset_t(), sigset_t())
    unsafe sigfillset(&all)
    unsafe pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
    return body()
  }
}
