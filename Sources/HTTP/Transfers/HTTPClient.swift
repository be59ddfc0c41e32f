/// Makes requests with one configuration on one loop.
public final class HTTPClient: Sendable {
  /// The configuration of every request.
  public var configuration: HTTPConfiguration { settings.configuration }
  /// The loop that drives the transfers.
  public let loop: EventLoop
  private let observers: [any ExchangeObserver]
  private let purpose: Transfer.Purpose
  let settings: ClientSettings

  /// A client.
  ///
  /// - Parameters:
  ///   - configuration: time limits, sizes, TLS, proxy.
  ///   - loop: the loop that drives the transfers; `shared` has a thread of its own.
  ///   - observers: told of every exchange, failed ones too.
  public init(
    configuration: HTTPConfiguration = .init(), loop: EventLoop = .shared,
    observers: [any ExchangeObserver] = []
  ) {
    settings = ClientSettings(configuration)
    self.loop = loop
    self.observers = observers
    purpose = observers.contains { $0.wantsDetails } ? .tracedResponse : .response
  }

  /// Sends a request and waits for the whole response, whatever its status. Redirects are not followed.
  ///
  /// - Parameters:
  ///   - request: what to send.
  ///   - cookies: the jar that is sent and filled; nil: none.
  /// - Throws: `HTTPError` when no response was had; `cancelled` when the task was cancelled, at once.
  public func send(_ request: HTTPRequest, cookies: CookieJar? = nil) async throws(HTTPError) -> HTTPResponse
  {
    let stopwatch = observers.isEmpty ? nil : Stopwatch()
    let known = observers.isEmpty ? [] : cookies?.cookies ?? []
    let transfer = Transfer(request, client: settings, jar: cookies, purpose: purpose)
    let result = await run(transfer)
    if let stopwatch {
      let exchange = Exchange(
        request: request, result: result, started: stopwatch.started, seconds: stopwatch.seconds,
        cookieNames: known.map(\.name), cookieValues: known.map(\.value))
      for observer in observers { observer.exchangeEnded(exchange) }
    }
    return try result.get()
  }

  func run(_ transfer: Transfer) async -> Result<HTTPResponse, HTTPError> {
    await withTaskCancellationHandler {
      await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
        loop.perform { self.loop.transfers.start(transfer, continuation) }
      }
      return transfer.takeResult()
    } onCancel: {
      loop.perform { self.loop.transfers.cancel(transfer) }
    }
  }
}

private struct Stopwatch {
  let started = Clock.secondsSince1970
  private let start = Clock.now
  var seconds: Double { Clock.now - start }
}
