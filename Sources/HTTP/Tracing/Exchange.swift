/// A request and what came of it.
public struct Exchange: Sendable {
  /// What was sent.
  public let request: HTTPRequest
  /// What came.
  public let result: Result<HTTPResponse, HTTPError>
}

/// Whoever wants to know of every exchange: traces, tests.
public protocol ExchangeObserver: Sendable {
  /// Called once for each request, when it has ended.
  func exchangeEnded(_ exchange: Exchange)
}
