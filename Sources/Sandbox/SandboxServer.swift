import MFWS
import Glibc

/// A local M-Files Web Service: the session and server resources over HTTP, with made-up vaults and accounts.
///
/// It serves on a thread of its own until ``stop()`` is called or the last reference goes.
/// ```swift
/// let sandbox = try SandboxServer()
/// defer { sandbox.stop() }
/// print(sandbox.url + "/REST")
/// ```
public final class SandboxServer: Sendable {
  /// The address without `/REST`, such as `http://127.0.0.1:8080`.
  public let url: String
  private let service: Locked<WebService>
  private let daemon: Daemon

  /// Starts to listen.
  ///
  /// Throws: an error when the port is taken, the address cannot be listened on, or the configuration is not allowed.
  public init(_ configuration: SandboxConfiguration = .init()) throws(SandboxError) {
    try configuration.validate(isLoopback: Address(configuration.host, port: 0).isLoopback)
    let socket = try ListeningSocket(host: configuration.host, port: configuration.port)
    let host = configuration.host.contains(":") ? "[\(configuration.host)]" : configuration.host
    let url = "http://\(host):\(socket.port)"
    let service = Locked(WebService(seed: configuration.seed, rules: .init(configuration), address: url))
    let responder = Responder { request in service.withLock { $0.respond(to: request, now: wallClock()) } }
    daemon = try Daemon(socket, responder)
    self.service = service
    self.url = url
  }

  /// What has happened so far.
  public var stats: SandboxStats { service.withLock { $0.stats(now: wallClock()) } }

  /// Ends the thread and closes all connections. Stopping twice is fine.
  public func stop() { daemon.stop() }
}

extension WebService.Rules {
  init(_ configuration: SandboxConfiguration) {
    nodes = configuration.nodes
    blocksPutAndDelete = configuration.blocksPutAndDelete
    uniformRefusals = configuration.uniformRefusals
    answersLogoutWithNoContent = configuration.answersLogoutWithNoContent
  }
}

/// Seconds since 1970.
private func wallClock() -> Double {
  var time = timespec()
  unsafe clock_gettime(CLOCK_REALTIME, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
