import Cryptography
import Glibc
import MFWS

/// A local M-Files Web Service: the session and server resources over HTTP, with made-up vaults and accounts.
///
/// It serves on a thread of its own until ``stop()`` is called or the last reference goes.
/// ```swift
/// let sandbox = try SandboxServer()
/// defer { sandbox.stop() }
/// print(sandbox.url + "/REST")
/// ```
public final class SandboxServer: Sendable {
  /// The address without `/REST`, such as `http://127.0.0.1:8080/m-files`.
  public let url: String
  /// The certificate (PEM) of the authority to trust; nil without TLS.
  public let authorityCertificate: String?
  private let service: Locked<WebService>
  private let daemon: Daemon

  /// Starts to listen.
  ///
  /// Throws: an error when the port is taken, the address cannot be listened on, or the configuration is not allowed.
  public init(_ configuration: SandboxConfiguration = .init()) throws(SandboxError) {
    try configuration.validate(isLoopback: Address(configuration.host, port: 0).isLoopback)
    let tls = try configuration.tls.map { (tls) throws(SandboxError) in
      try TLSIdentity(tls, host: configuration.host)
    }
    let socket = try ListeningSocket(host: configuration.host, port: configuration.port)
    let host = configuration.host.contains(":") ? "[\(configuration.host)]" : configuration.host
    let origin = "\(tls == nil ? "http" : "https")://\(host):\(socket.port)"
    let service = Locked(WebService(seed: configuration.seed, rules: .init(configuration), address: origin))
    let wantsClientCertificate = tls?.clientAuthorities != nil
    daemon = try Daemon(socket, tls, Responder(service, wantsClientCertificate: wantsClientCertificate))
    self.service = service
    url = origin + configuration.path.trimmingSlashes
    authorityCertificate = tls?.authority
  }

  /// What has happened so far.
  public var stats: SandboxStats { service.withLock { $0.stats(now: wallClock()) } }

  /// What goes wrong from now on, instead of what went wrong before; none for an honest server.
  public func setFaults(_ faults: [Fault]) { service.withLock { $0.faults = FaultSchedule(faults) } }

  /// The faults in force, each with how often it struck.
  public var faults: [(fault: Fault, fired: Int)] { service.withLock { $0.faults.strikes } }

  /// The faults in force as JSON, as `GET /sandbox/faults` answers them.
  package var faultsJSON: [UInt8] { service.withLock { $0.faultList.bytes } }

  /// Connections that a fault or a provider of identities makes wait.
  var waitingConnections: Int { daemon.waitingConnections }

  /// Stops one of several web servers, counted from 1: its cookie sessions are gone, its clients are sent to others,
  /// and those do not know its tokens. Stopping one that is stopped is fine.
  ///
  /// Returns: false when there is no such node.
  @discardableResult
  public func stopNode(_ number: Int) -> Bool { service.withLock { $0.stopNode(number) } }

  /// Starts a web server again, which then takes the tokens that it made before.
  ///
  /// Returns: false when there is no such node.
  @discardableResult
  public func startNode(_ number: Int) -> Bool { service.withLock { $0.startNode(number) } }

  /// Ends the thread and closes all connections. Stopping twice is fine.
  public func stop() { daemon.stop() }
}

extension WebService.Rules {
  init(_ configuration: SandboxConfiguration) {
    site = Site(
      mode: configuration.mode, verbs: configuration.verbs,
      folder: configuration.path.split(separator: "/").map(String.init),
      takesOnlyAshx: configuration.takesOnlyAshx)
    nodes = configuration.nodes
    uniformRefusals = configuration.uniformRefusals
    answersLogoutWithNoContent = configuration.answersLogoutWithNoContent
    sendsIISHeaders = configuration.sendsIISHeaders
    clockSkew = configuration.clockSkew
    licenses = configuration.licenses
    accounts = configuration.accounts
    latency = configuration.latency
    rate = configuration.rate
    proxySecret = configuration.trustedProxy.map { Password($0.reveal()) }
    presharedKey = configuration.presharedKey.map { Password($0.reveal()) }
    faults = configuration.faults
  }
}

extension Responder {
  convenience init(_ service: Locked<WebService>, wantsClientCertificate: Bool) {
    let providers = IdentityProviders()
    self.init(
      respond: { request in service.withLock { $0.handle(request, now: wallClock()) } },
      ask: { await providers.ask($0) },
      connected: { service.withLock { $0.connections += 1 } },
      secured: { service.withLock { $0.handshakes += 1 } }, wantsClientCertificate: wantsClientCertificate)
  }
}

extension String {
  fileprivate var trimmingSlashes: String {
    var text = self[...]
    while text.last == "/" { text.removeLast() }
    return String(text)
  }
}

/// Seconds since 1970.
private func wallClock() -> Double {
  var time = timespec()
  unsafe clock_gettime(CLOCK_REALTIME, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
