/// A request and what came of it.
public struct Exchange: Sendable {
  /// What was sent.
  public let request: HTTPRequest
  /// What came.
  public let result: Result<HTTPResponse, HTTPError>
  /// When the request was made, in seconds since 1970.
  public let started: Double
  /// Seconds until the result was there, waiting for the loop included.
  public let seconds: Double
  /// The names of the cookies that the jar held when the request was made.
  public let cookieNames: [String]

  /// An exchange that has ended.
  public init(
    request: HTTPRequest, result: Result<HTTPResponse, HTTPError>, started: Double, seconds: Double,
    cookieNames: [String] = []
  ) {
    self.request = request
    self.result = result
    self.started = started
    self.seconds = seconds
    self.cookieNames = cookieNames
  }
}

/// Whoever wants to know of every exchange: traces, tests.
public protocol ExchangeObserver: Sendable {
  /// Called once for each request, when it has ended, failed ones too. From any thread, several at a time.
  func exchangeEnded(_ exchange: Exchange)
  /// Whether responses must tell how they came: timings, address, words of the status. Costs every request a little.
  var wantsDetails: Bool { get }
}

extension ExchangeObserver {
  /// Who does not say otherwise wants them.
  public var wantsDetails: Bool { true }
}
