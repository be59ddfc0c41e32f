import MFWS

/// The texts about a result that reports have in common. They may hold any character.
extension RowResult {
  /// `jo`, or `CORP\jo`.
  var who: String { domain.map { $0.isEmpty ? account : "\($0)\\\(account)" } ?? account }

  /// `jo [deny]`.
  var title: String { "\(who) [\(expect.rawValue)]" }

  /// `vault Sample Vault of https://…`, or the server.
  var place: String { vault.map { "vault \($0.label) of \(server)" } ?? server }

  /// `roster.csv:12`.
  var source: String { "\(file):\(line)" }

  /// `jo [deny], vault HR of https://…`.
  var titleAndPlace: String { "\(title), \(place)" }

  /// One line about what came of it.
  var summaryText: String {
    if let waiver {
      let until = waiver.until.map { " until \($0)" } ?? ""
      return "waived\(until): \(waiver.reason) (\(waiver.was.label): \(message.isEmpty ? code : message))"
    }
    return message.isEmpty ? "\(status.label): \(code)" : message
  }
}

extension Journal {
  /// How many rows should have a result and have none.
  var missingRows: Int { max(0, run.selectedRows - count) }

  /// Why this is not the whole run, for people; nil: it is.
  var incompleteText: String? {
    let missing = missingRows > 0 ? "\(RowCount.text(missingRows)) without a result" : nil
    let texts = [summary.endingText, missing].compactMap { $0 }
    return texts.isEmpty ? nil : texts.joined(separator: "; ")
  }
}

/// How many rows, for people.
enum RowCount {
  /// `1 row`, `2 rows`.
  static func text(_ count: Int, _ digits: (Int) -> String = { String($0) }) -> String {
    count == 1 ? "1 row" : "\(digits(count)) rows"
  }
}

extension RunSummary {
  /// `interrupted: before all rows were checked`; nil: it went to its end.
  var endingText: String? {
    ending == .complete ? nil : "\(ending.rawValue): \(reason ?? "before all rows were checked")"
  }

  /// What the run has left on the servers, for people; nil: nothing.
  var leftSessions: String? {
    guard failedLogouts > 0 else { return nil }
    return failedLogouts == 1
      ? "1 session could not be logged out: it expires by itself"
      : "\(failedLogouts) sessions could not be logged out: they expire by themselves"
  }
}

extension RowResult.Status {
  /// For people.
  var label: String {
    switch self {
    case .pass: "as ordered"
    case .diff: "different"
    case .inconclusive: "inconclusive"
    case .unproved: "unproved"
    case .waived: "waived"
    case .notRun: "not run"
    }
  }

  /// What heads the inconclusive rows of a report.
  static let inconclusiveText = "Not settled: each row says what could not be found out."
  /// What heads the unproved rows of a report when they were taken as they are.
  static let acceptedText =
    "Refused, as ordered, and accepted without proof, because of --accept-unproved: "
    + "a wrong password looks the same."
}

extension RowResult.Finding {
  var expectedText: String { Self.text(expected) }
  var actualText: String {
    severity == .unknown && actual == .null ? "not told by the server" : Self.text(actual)
  }

  /// `expected`, `found`, `missing` and `extra` with their texts, as far as there is something to tell.
  var facts: [(name: String, text: String)] {
    var facts = isOwn ? [] : [("expected", expectedText)]
    if !isOwn || isPlain { facts.append(("found", actualText)) }
    if !missing.isEmpty { facts.append((severity == .unknown ? "not told" : "missing", Self.list(missing))) }
    if !extra.isEmpty { facts.append(("extra", Self.list(extra))) }
    return facts
  }

  /// What it comes down to, in one line.
  var brief: String {
    if isOwn, isPlain { return "\(check): \(actualText)" }
    if isPlain {
      return "\(check): expected \(expectedText), found \(actualText)"
    }
    return "\(check): "
      + facts.suffix((missing.isEmpty ? 0 : 1) + (extra.isEmpty ? 0 : 1)).map {
        "\($0.name) \($0.text)"
      }.joined(separator: "; ")
  }

  private static func list(_ texts: [String]) -> String { texts.joined(separator: ", ") }

  private static func text(_ value: JSONValue) -> String {
    switch value {
    case .null: "nothing"
    case .bool(let flag): flag ? "true" : "false"
    case .integer(let number): String(number)
    case .number(let number): String(number)
    case .string(let text): text.isEmpty ? "nothing" : text
    case .array(let values): values.isEmpty ? "none" : list(values.map(text))
    case .object(let fields): object(fields)
    }
  }

  /// Rights as a roster spells them: `+CanSeeAllObjects -CanDestroyObjects`.
  private static func object(_ fields: [String: JSONValue]) -> String {
    if fields.isEmpty { return "none" }
    return fields.sorted { $0.key < $1.key }.map { name, value in
      value.bool.map { "\($0 ? "+" : "-")\(name)" } ?? "\(name): \(text(value))"
    }.joined(separator: " ")
  }
}
