import CMicroHTTPD
import Glibc
import MFWS

/// What answers requests. An object of its own, because the daemon's thread holds it while `Daemon` is torn down.
final class Responder: Sendable {
  /// What to do about a request; called on the daemon's thread, one at a time.
  let respond: @Sendable (WebRequest) -> Reply
  /// Asks a provider of identities.
  let ask: @Sendable (IdentityQuestion) async -> IdentityAnswer
  /// Told of every connection.
  let connected: @Sendable () -> Void
  /// Told of every TLS connection when it brings its first request.
  let secured: @Sendable () -> Void
  /// The connections that wait for something.
  let waiting = WaitingRoom()
  /// Whether clients must show a certificate.
  let wantsClientCertificate: Bool

  init(
    respond: @escaping @Sendable (WebRequest) -> Reply,
    ask: @escaping @Sendable (IdentityQuestion) async -> IdentityAnswer,
    connected: @escaping @Sendable () -> Void, secured: @escaping @Sendable () -> Void = {},
    wantsClientCertificate: Bool = false
  ) {
    self.wantsClientCertificate = wantsClientCertificate
    self.respond = respond
    self.ask = ask
    self.connected = connected
    self.secured = secured
  }
}

/// The HTTP server: libmicrohttpd with one polling thread, handing whole requests to a responder on that thread.
@safe final class Daemon: Sendable {
  private let responder: Responder
  private let handle: Locked<OpaquePointer?>
  private let texts: PEMTexts

  private static let connectionLimit: UInt32 = 1000
  private static let idleSeconds: UInt32 = 120

  /// Serves the socket, which from then on belongs to the daemon.
  init(_ socket: ListeningSocket, _ tls: TLSIdentity?, _ responder: Responder) throws(SandboxError) {
    self.responder = responder
    texts = PEMTexts(tls)
    unsafe handle = Locked(nil)
    // The thread refers to the responder until `stop`, which `deinit` calls at the latest.
    var settings = unsafe daemon_settings(
      listening_socket: socket.descriptor, connection_limit: Self.connectionLimit,
      timeout_seconds: Self.idleSeconds, handler: handleRequest, completed: requestCompleted,
      connected: connectionChanged, context: Unmanaged.passUnretained(responder).toOpaque(),
      key: texts.key, certificate: texts.certificate, client_authorities: texts.clientAuthorities)
    let started = unsafe Self.withSignalsBlocked { unsafe daemon_start(&settings) }
    guard let started = unsafe started else {
      close(socket.descriptor)
      throw SandboxError(.listening, "the web server did not start: no memory or threads left; free some")
    }
    unsafe handle.withLock { unsafe $0 = started }
  }

  deinit { stop() }

  var waitingConnections: Int { responder.waiting.count }

  /// Ends the thread and closes all connections. Waits for a request in progress. Stopping twice is fine.
  func stop() {
    let running = unsafe handle.withLock { handle in
      defer { unsafe handle = nil }
      return unsafe handle
    }
    guard let running = unsafe running else { return }
    responder.waiting.close()
    unsafe MHD_stop_daemon(running)
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

/// The certificates as C strings that live as long as the daemon.
@safe private final class PEMTexts: @unchecked Sendable {
  // Never changed between init and deinit.
  let key: UnsafeMutablePointer<CChar>?
  let certificate: UnsafeMutablePointer<CChar>?
  let clientAuthorities: UnsafeMutablePointer<CChar>?

  init(_ tls: TLSIdentity?) {
    unsafe key = tls.flatMap { unsafe strdup($0.key) }
    unsafe certificate = tls.flatMap { unsafe strdup($0.certificate) }
    unsafe clientAuthorities = tls?.clientAuthorities.flatMap { unsafe strdup($0) }
  }

  deinit {
    if let key = unsafe key { unsafe explicit_bzero(key, strlen(key)) }
    unsafe free(key)
    unsafe free(certificate)
    unsafe free(clientAuthorities)
  }
}
