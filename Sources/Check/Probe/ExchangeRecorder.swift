import HTTP
import MFWS

/// Writes down the requests of one attempt.
final class ExchangeRecorder: ExchangeObserver {
  private let attempt: Int
  private let server: KnownServer
  private let exchanges = Locked<[RowResult.Exchange]>([])

  init(attempt: Int, server: KnownServer) {
    self.attempt = attempt
    self.server = server
  }

  var recorded: [RowResult.Exchange] { exchanges.withLock { $0 } }
  var wantsDetails: Bool { false }

  func exchangeEnded(_ exchange: HTTP.Exchange) {
    let (method, path) = server.resource(of: exchange.request)
    let answer = try? exchange.result.get()
    var record = RowResult.Exchange(
      method: method, path: path, status: answer?.status, ms: (exchange.seconds * 10_000).rounded() / 10,
      attempt: attempt)
    if let answer {
      server.note(answer)
      if !(200..<300).contains(answer.status) {
        let error = ErrorClassifier.error(for: answer, to: path, step: .server)
        (record.exception, record.reference) = (error.exception, error.reference)
      }
    }
    exchanges.withLock { $0.append(record) }
  }
}
