import FoundationEssentials
import HTTP
import MFWS

/// What `\why` shows: the last error and its exchange in full, masked, for whoever has to mend it.
struct WhyText {
  /// What went wrong; nil: nothing yet.
  var problem: Problem?
  /// The exchange that is shown; nil: there was none.
  var exchange: ShownExchange?
  /// The command that repeats it.
  var curl: String?
  /// The last exchange, when it is another one.
  var newer: ShownExchange?
  /// When it went wrong, in seconds since 1970.
  var when: Double?
  /// The session of the prompt, and how it stands.
  var session: String?
  /// Logins and logouts under way that nobody waits for.
  var pending = 0
  /// Columns of the paragraphs.
  var width = 80

  enum Problem {
    case refused(MFWSError)
    case code(String)
    case interrupted
  }

  var text: String {
    var parts: [String]
    switch problem {
    case nil where exchange == nil: return "Nothing went wrong, and nothing was sent yet.\n"
    case nil: parts = ["Nothing went wrong. This was sent last:\n"]
    case .refused(let error): parts = [head(error), paragraph(Evidence.sentence(for: error)), advice(error)]
    case .code(let report):
      parts = [
        StatementReport.placed(report) + "\n",
        paragraph("An error of the Lua code: no server refused anything."),
      ]
    case .interrupted: parts = [paragraph("Ctrl-C ended the last statement." + underWay)]
    }
    if let exchange { parts.append(self.text(of: exchange)) }
    if case .refused(let error) = problem { parts.append(details(error)) }
    parts.append(
      (exchange == nil ? when.map { Self.line("when", Self.shown($0)) } ?? "" : "")
        + (session.map { Self.line("session", $0) } ?? ""))
    if let curl { parts.append("The same request with curl:\n\(TerminalText.line(curl))\n") }
    if let newer { parts.append(Self.line("sent since", summary(newer))) }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  // MARK: the error

  private func head(_ error: MFWSError) -> String {
    let topic = ErrorTopic.all.first { $0.code == error.code }
    return "\(error.code.rawValue): \(topic?.meaning ?? "")\n\n" + paragraph(TerminalText.line(error.message))
  }

  private func advice(_ error: MFWSError) -> String {
    let causes = ErrorTopic.all.first { $0.code == error.code }?.causes ?? []
    return "What it often comes from, and what to do:\n"
      + causes.map { TextWrap.item($0, width: width) }.joined()
  }

  /// What the server or the network says of it.
  private func details(_ error: MFWSError) -> String {
    let vaults = error.candidates.map(\.guid.description).joined(separator: ", ")
    let rows: [(String, String?)] = [
      (error.status == nil ? "cause" : "its words", error.cause), ("exception", error.exception),
      ("reference", error.reference), ("logged in", loggedIn(error)),
      ("wait", error.retryAfter.map { "\(Int($0.rounded(.up))) s" }),
      ("vaults", vaults.isEmpty ? nil : vaults),
    ]
    return rows.map { row in row.1.map { Self.line(row.0, $0) } ?? "" }.joined()
  }

  private func loggedIn(_ error: MFWSError) -> String? {
    guard let server = error.isLoggedInApplication, let vault = error.isLoggedInVault else { return nil }
    return "to the server: \(server ? "yes" : "no"), to a vault: \(vault ? "yes" : "no")"
  }

  private var underWay: String {
    pending > 0
      ? " A login or a logout goes on in the background: a login that is granted all the same is logged out."
      : ""
  }

  private func paragraph(_ text: String) -> String { TextWrap.paragraph(text, width: width) }

  // MARK: the exchange

  private func text(of exchange: ShownExchange) -> String {
    let sent =
      Self.line("request", "\(exchange.method) \(exchange.url)")
      + fields(exchange.requestHeaders) + body(exchange.requestBody)
    let answer = exchange.status.map { "\($0)" } ?? "none: \(exchange.error ?? "")"
    return sent
      + Self.line("answer", "\(answer), after \(seconds(exchange)) s, \(Self.shown(exchange.started))")
      + fields(exchange.responseHeaders) + body(exchange.responseBody)
  }

  private func fields(_ fields: [ShownExchange.Field]) -> String {
    fields.map { Self.line("", "\($0.name): \($0.value)") }.joined()
  }

  private static let bodyLimit = 2000

  private func body(_ body: String) -> String {
    guard !body.isEmpty else { return "" }
    let isWhole = body.count <= Self.bodyLimit
    return Self.line("", isWhole ? body : body.prefix(Self.bodyLimit) + "… (session.last() has all of it)")
  }

  private func summary(_ exchange: ShownExchange) -> String {
    "\(exchange.method) \(exchange.url): \(exchange.status.map { "\($0)" } ?? exchange.error ?? "")"
  }

  private func seconds(_ exchange: ShownExchange) -> String {
    let thousandths = Int((exchange.seconds * 1000).rounded())
    return "\(thousandths / 1000)." + String("\(1000 + thousandths % 1000)".dropFirst())
  }

  /// `2026-01-31 12:00:00 UTC`.
  private static func shown(_ time: Double) -> String {
    let text = Date(timeIntervalSince1970: time).formatted(.iso8601)
    return text.replacing("T", with: " ").replacing("Z", with: " UTC")
  }

  private static let column = 12

  private static func line(_ label: String, _ value: String) -> String {
    TerminalText.padded(label, to: column) + TerminalText.line(value) + "\n"
  }
}
