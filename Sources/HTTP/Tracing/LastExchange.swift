/// Keeps the last exchange and a few before it, and shows them masked.
public final class LastExchange: ExchangeObserver {
  private let redactor: Redactor
  /// The newest last.
  private let recent = Locked(Recent())

  private struct Recent {
    var exchanges: [Exchange] = []
    var bytes = 0

    mutating func removeFirst() { bytes -= exchanges.removeFirst().bodyBytes }
  }

  /// How many are kept, and how large the bodies of all but the last may be together.
  private static let limit = (count: 8, bytes: 4 << 20)

  /// An observer that has seen nothing yet.
  public init(redactor: Redactor) { self.redactor = redactor }

  /// It shows no timings.
  public var wantsDetails: Bool { false }

  /// Takes the place of the exchange before.
  public func exchangeEnded(_ exchange: Exchange) {
    recent.withLock { recent in
      if recent.exchanges.count == Self.limit.count { recent.removeFirst() }
      while recent.bytes > Self.limit.bytes { recent.removeFirst() }
      recent.bytes += exchange.bodyBytes
      recent.exchanges.append(exchange)
    }
  }

  /// The last exchange as it may be shown; nil when there was none.
  public var shown: ShownExchange? { last.map(shown) }

  /// The last exchange as it was; nil when there was none.
  package var last: Exchange? { recent.withLock { $0.exchanges.last } }

  /// The newest of the exchanges kept that fits; nil when none does.
  package func newest(where fits: (Exchange) -> Bool) -> Exchange? {
    recent.withLock { $0.exchanges }.last(where: fits)
  }

  /// An exchange as it may be shown.
  package func shown(_ exchange: Exchange) -> ShownExchange { ShownExchange(exchange, redactor) }

  /// The command line of curl that repeats the last request; nil when there was none.
  ///
  /// - Parameter configuration: that of the client that made the request.
  public func curlCommand(configuration: HTTPConfiguration) -> CurlCommand? {
    last.map { curlCommand(of: $0, configuration: configuration) }
  }

  /// The command line of curl that repeats the request of an exchange.
  package func curlCommand(of exchange: Exchange, configuration: HTTPConfiguration) -> CurlCommand {
    CurlCommand(exchange, configuration: configuration, redactor: redactor)
  }
}

extension Exchange {
  fileprivate var bodyBytes: Int { (request.body?.count ?? 0) + ((try? result.get().body.count) ?? 0) }
}

/// An exchange as it may be shown: every value that is not known to be harmless is `***`.
public struct ShownExchange: Sendable {
  /// Name and value of a header field.
  public typealias Field = (name: String, value: String)

  /// The request's method.
  public let method: String
  /// The request's URL.
  public let url: String
  /// The request's header fields, without those that libcurl adds.
  public let requestHeaders: [Field]
  /// The request's body: JSON and forms with masks, of all else size and type; empty without one.
  public let requestBody: String
  /// The response's status code; nil when there was no response.
  public let status: Int?
  /// The version of HTTP that was spoken, such as `1.1` or `2`; empty without a response.
  public let httpVersion: String
  /// The response's header fields.
  public let responseHeaders: [Field]
  /// The response's body, as `requestBody`.
  public let responseBody: String
  /// Why there was no response; nil when there was one.
  public let error: String?
  /// When the request was made, in seconds since 1970.
  public let started: Double
  /// Seconds until the result was there.
  public let seconds: Double

  init(_ exchange: Exchange, _ redactor: Redactor) {
    let redactor = redactor.knowing(exchange)
    let (request, response) = (exchange.request, try? exchange.result.get())
    let sent = request.headers.map { ($0.name, $0.value.reveal()) }
    method = redactor.text(request.method)
    url = redactor.url(request.url)
    requestHeaders = Self.shown(sent, redactor)
    requestBody = redactor.body(request.bodyBytes, mediaType: request.mediaType)
    status = response?.status
    httpVersion = response?.httpVersion ?? ""
    responseHeaders = Self.shown(response?.headers.map { ($0.name, $0.value) } ?? [], redactor)
    responseBody = response.map { redactor.body($0.body, mediaType: $0.headers["Content-Type"]) } ?? ""
    if case .failure(let failure) = exchange.result {
      error = redactor.text("\(failure.code): \(failure.message)")
    } else {
      error = nil
    }
    (started, seconds) = (exchange.started, exchange.seconds)
  }

  private static func shown(_ fields: [(String, String)], _ redactor: Redactor) -> [Field] {
    fields.map { (redactor.text($0.0), redactor.header($0.0, $0.1)) }
  }
}
