/// Writes every exchange to a file in HAR 1.2, the format that the network views of browsers open.
///
/// The file is valid JSON after every entry, so a program that is killed leaves a trace too.
public final class HARFile: ExchangeObserver {
  private struct State: Sendable {
    var end: Int = 0
    var isEmpty = true
    var failure: TraceError?
  }

  private let file: TraceFile
  private let redactor: Redactor
  private let state = Locked(State())
  private static let ending = "\n]}}\n"

  /// Makes the file, or empties one of this user. Never through a link; nobody else may read it.
  ///
  /// - Parameters:
  ///   - path: where to write.
  ///   - redactor: decides what is shown.
  ///   - creatorVersion: the version of the program that writes.
  /// - Throws: `TraceError` when the file cannot be made, is a link, or is not a regular file of this user.
  public init(path: String, redactor: Redactor, creatorVersion: String) throws(TraceError) {
    self.redactor = redactor
    file = try TraceFile(path: path)
    let creator = HARValue.object([("name", .text("mfsh")), ("version", .text(creatorVersion))])
    append("{\"log\":{\"version\":\"1.2\",\"creator\":\(creator.json),\"entries\":[")
    if let failure { throw failure }
  }

  /// Why the first of the entries that are missing could not be written.
  public var failure: TraceError? { state.withLock { $0.failure } }

  /// Adds an entry.
  public func exchangeEnded(_ exchange: Exchange) {
    let entry = HAREntry.value(exchange, redactor).json
    state.withLock { state in
      append((state.isEmpty ? "\n" : ",\n") + entry, &state)
      state.isEmpty = false
    }
  }

  private func append(_ text: String) { state.withLock { append(text, &$0) } }

  /// Each entry is written over the brackets that end the file, with new ones behind it.
  private func append(_ text: String, _ state: inout State) {
    guard state.failure == nil else { return }
    do throws(TraceError) {
      try file.replaceEnd(from: state.end, with: text + Self.ending, orElse: Self.ending)
      state.end += text.utf8.count
    } catch {
      state.failure = error
    }
  }
}
