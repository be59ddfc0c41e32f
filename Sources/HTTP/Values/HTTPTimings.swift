/// The seconds that each part of an exchange took. What a connection that was there already did not need is nil.
public struct HTTPTimings: Sendable, Hashable {
  /// Finding the host's address.
  public var dns: Double?
  /// Connecting, with TLS and a proxy's part.
  public var connect: Double?
  /// TLS alone, which `connect` contains.
  public var tls: Double?
  /// From the connection to the first byte of the request.
  public var send: Double
  /// From there to the first byte of the response.
  public var wait: Double
  /// From there to the last byte of the response.
  public var receive: Double

  /// Timings.
  public init(
    dns: Double? = nil, connect: Double? = nil, tls: Double? = nil, send: Double, wait: Double,
    receive: Double
  ) {
    self.dns = dns
    self.connect = connect
    self.tls = tls
    self.send = send
    self.wait = wait
    self.receive = receive
  }

  /// All parts together.
  public var total: Double { (dns ?? 0) + (connect ?? 0) + send + wait + receive }
}
