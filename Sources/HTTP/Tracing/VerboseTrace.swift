import Glibc

/// Writes a line for every request: method, path and query, status or error, milliseconds.
public final class VerboseTrace: ExchangeObserver {
  private let redactor: Redactor
  private let write: @Sendable (String) -> Void

  /// A trace to standard error.
  public convenience init(redactor: Redactor) {
    self.init(redactor: redactor) { line in writeToStandardError(line + "\n") }
  }

  /// A trace to wherever `write` brings a line, which has no line feed at its end.
  public init(redactor: Redactor, write: @escaping @Sendable (String) -> Void) {
    self.redactor = redactor
    self.write = write
  }

  /// Writes the line.
  public func exchangeEnded(_ exchange: Exchange) {
    let outcome =
      switch exchange.result {
      case .success(let response): String(response.status)
      case .failure(let error): "\(error.code): \(redactor.text(error.message))"
      }
    let request = "\(redactor.text(exchange.request.method)) \(redactor.target(exchange.request.url))"
    let milliseconds = Int((exchange.seconds * 1000).rounded())
    write("mfsh: \(request) \(outcome) \(milliseconds) ms".printable)
  }
}

/// One write, so that the lines of several threads do not mix.
private func writeToStandardError(_ text: String) {
  let bytes = Array(text.utf8)
  _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(2, $0.baseAddress, $0.count) }
}
