import Glibc
import HTTP

/// Serves the connections of a loopback listener on one thread until one brings the answer.
struct LoopbackService: Sendable {
  let listening: [Int32]
  let stop: Int32
  let request: AuthorizationRequest
  let path: String
  /// By `Clock.now`.
  let deadline: Double

  enum Outcome: Sendable {
    case answer(AuthorizationRequest.Answer)
    case timeout
    case cancelled
  }

  /// Browsers open connections that they do not use at first; more than these are none of a browser's.
  private static let connectionLimit = 32

  private struct Connection {
    let descriptor: Int32
    var exchange: RedirectExchange
  }

  func run() -> Outcome {
    var connections: [Connection] = []
    defer { connections.forEach { close($0.descriptor) } }
    while true {
      let left = deadline - Clock.now
      guard left > 0 else { return .timeout }
      let ready = wait(for: connections.map(\.descriptor), seconds: left)
      if ready.contains(stop) { return .cancelled }
      for index in connections.indices.reversed() where ready.contains(connections[index].descriptor) {
        let progress = serve(&connections[index])
        if case .open = progress { continue }
        // Closed here and nowhere else: closed twice, a number may be somebody else's by then.
        close(connections.remove(at: index).descriptor)
        if case .answered(let answer) = progress { return .answer(answer) }
      }
      for descriptor in listening where ready.contains(descriptor) { accept(descriptor, &connections) }
    }
  }

  private func wait(for connections: [Int32], seconds: Double) -> Set<Int32> {
    var entries = ([stop] + listening + connections).map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    poll(&entries, nfds_t(entries.count), Int32(min(seconds, 3600) * 1000 + 1))
    return Set(entries.lazy.filter { $0.revents != 0 }.map(\.fd))
  }

  private func accept(_ descriptor: Int32, _ connections: inout [Connection]) {
    let connection = Glibc.accept(descriptor, nil, nil)
    guard connection >= 0 else { return restAfterFailure(errno) }
    _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
    _ = fcntl(connection, F_SETFL, O_NONBLOCK)
    if connections.count >= Self.connectionLimit { close(connections.removeFirst().descriptor) }
    connections.append(
      Connection(descriptor: connection, exchange: RedirectExchange(request, path: path)))
  }

  /// A connection for which no descriptor is left stays ready: asked for it without a pause, the thread would spin.
  private func restAfterFailure(_ code: Int32) {
    guard code == EMFILE || code == ENFILE || code == ENOBUFS || code == ENOMEM else { return }
    var entry = pollfd(fd: stop, events: Int16(POLLIN), revents: 0)
    poll(&entry, 1, 100)
  }

  private enum Progress {
    case open, ended
    /// Ended too.
    case answered(AuthorizationRequest.Answer)
  }

  private func serve(_ connection: inout Connection) -> Progress {
    var chunk = [UInt8](repeating: 0, count: 4096)
    let count = recv(connection.descriptor, &chunk, chunk.count, 0)
    if count < 0, errno == EAGAIN || errno == EINTR { return .open }
    guard count > 0 else { return .ended }
    guard let reply = connection.exchange.receive(chunk[..<count]) else { return .open }
    let page = reply.page.bytes
    // A page fits every socket's buffer; should it not, the sign-in is what counts.
    _ = send(connection.descriptor, page, page.count, Int32(MSG_NOSIGNAL))
    shutdown(connection.descriptor, Int32(SHUT_WR))
    return reply.answer.map { .answered($0) } ?? .ended
  }
}

/// A thread that gets no signals: those are the loop's business.
enum BackgroundThread {
  private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Whether the thread was started.
  static func start(_ run: @escaping @Sendable () -> Void) -> Bool {
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    let body = Unmanaged.passRetained(Body(run))
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { body in
        if let body { Unmanaged<Body>.fromOpaque(body).takeRetainedValue().run() }
        return nil
      }, body.toOpaque())
    guard status == 0 else {
      body.release()
      return false
    }
    pthread_detach(thread)
    return true
  }
}
