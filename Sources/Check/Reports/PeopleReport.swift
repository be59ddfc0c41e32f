/// The report for people: what is not as ordered, equal things together, and a summary.
package struct PeopleReport {
  let journal: Journal
  let layout: TextLayout
  private let canResume: Bool

  /// - Parameters:
  ///   - width: columns of the terminal; `.max`: there is none.
  ///   - canResume: whether the journal is kept, so that an interrupted run can be gone on with.
  package init(_ journal: Journal, width: Int, _ safety: TextSafety, canResume: Bool = true) {
    self.journal = journal
    self.canResume = canResume
    layout = TextLayout(safety: safety, width: max(width, 20))
  }

  /// Writes the report, UTF-8. Throws `JournalError`, and what `sink` throws.
  package func render(to sink: @escaping ([UInt8]) throws -> Void) throws {
    let writer = ReportWriter(to: sink)
    let groups = try journal.groups()
    for status in [RowResult.Status.diff, .inconclusive, .unproved, .notRun, .waived] {
      try write(status, groups, writer)
    }
    for line in summaryLines { try writer.line(line) }
    try writer.flush()
  }

  private func write(_ status: RowResult.Status, _ groups: [ResultGroup], _ writer: ReportWriter) throws {
    let count = journal.summary[status]
    guard count > 0 else { return }
    for line in layout.lines("\(Self.heading(status)): \(RowCount.text(count))") + explanation(status) {
      try writer.line(line)
    }
    try writer.line()
    for index in 0..<journal.count where journal.status(at: index) == status {
      let group = journal.group(at: index).map { groups[$0] }
      if let group, group.examples[0] != index { continue }
      try write(index, group, writer)
    }
  }

  /// A row, or all rows of its group.
  private func write(_ index: Int, _ group: ResultGroup?, _ writer: ReportWriter) throws {
    let result = try journal.result(at: index)
    let isAlone = (group?.count ?? 1) == 1
    let lines =
      isAlone && result.status == .diff
      ? block(result) : try groupLines(result, group ?? .init(examples: [index], count: 1))
    for line in lines { try writer.line(line) }
    try writer.line()
  }

  // MARK: - A row

  private func block(_ result: RowResult) -> [String] {
    var lines = layout.lines(result.titleAndPlace, indent: 4)
    lines += layout.lines("\(result.source), id \(result.id)", lead: "  ", indent: 4)
    for finding in result.findings { lines += factLines(finding) }
    return lines + advice(hint(result))
  }

  /// In columns, where there is room for them.
  private func factLines(_ finding: RowResult.Finding) -> [String] {
    let check = layout.safety.line(finding.check)
    let hasRoom = layout.width >= 50 && layout.safety.width(check) <= 10
    let facts = finding.facts
    guard hasRoom else {
      return layout.lines(check, lead: "  ", indent: 4)
        + facts.flatMap { layout.lines("\($0.name): \($0.text)", lead: "    ", indent: 6) }
    }
    return facts.enumerated().flatMap { place, fact in
      let start = "  \(padded(place == 0 ? check : "", 10))  \(padded(fact.name, 8))  "
      return layout.lines(fact.text, lead: start, indent: 24)
    }
  }

  private func advice(_ hint: String?) -> [String] {
    hint.map { layout.lines($0, lead: "  -> ", indent: 5) } ?? []
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - layout.safety.width(text)))
  }

  // MARK: - Equal rows

  private func groupLines(_ result: RowResult, _ group: ResultGroup) throws -> [String] {
    let start = layout.lines("\(RowCount.text(group.count)): \(cause(result))", indent: 4)
    return try start + layout.lines(examples(group), lead: "  ", indent: 4) + advice(groupHint(result))
  }

  private func cause(_ result: RowResult) -> String {
    let findings = result.findings.map(\.brief).joined(separator: "; ")
    return switch result.status {
    case .diff: "\(findings), \(result.place)"
    case .inconclusive where !findings.isEmpty: "\(findings), \(result.server)"
    case .unproved: result.server
    case .waived: "\(result.waiver.map(Self.reason) ?? result.message), \(result.server)"
    case .notRun: "\(result.message.isEmpty ? result.code : result.message), \(result.server)"
    default: "\(result.code), \(result.server)"
    }
  }

  private static func reason(_ waiver: RowResult.AppliedWaiver) -> String {
    waiver.until.map { "\(waiver.reason) (until \($0))" } ?? waiver.reason
  }

  /// Unproved rows are explained once, above.
  private func groupHint(_ result: RowResult) -> String? {
    switch result.status {
    case .unproved, .waived: nil
    case .notRun where !result.message.isEmpty: nil
    case .inconclusive where !result.message.isEmpty:
      [result.message, hint(result)].compactMap { $0 }.joined(separator: "; ")
    default: hint(result)
    }
  }

  private func hint(_ result: RowResult) -> String? {
    Hints.hint(result, acceptsUnproved: journal.run.acceptsUnproved)
  }

  private func examples(_ group: ResultGroup) throws -> String {
    let names = try group.examples.map { index in
      let result = try journal.result(at: index)
      return "\(result.who) (\(result.source))"
    }
    let rest = group.count - names.count
    return names.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  // MARK: - Around the rows

  private static func heading(_ status: RowResult.Status) -> String {
    switch status {
    case .pass: "As ordered"
    case .diff: "Different"
    case .inconclusive: "Inconclusive"
    case .unproved: "Unproved"
    case .waived: "Waived"
    case .notRun: "Not run"
    }
  }

  private func explanation(_ status: RowResult.Status) -> [String] {
    switch status {
    case .inconclusive: layout.lines(RowResult.Status.inconclusiveText)
    case .unproved where journal.run.acceptsUnproved: layout.lines(RowResult.Status.acceptedText)
    case .unproved:
      layout.lines(
        "Refused, as ordered, but a wrong password looks the same. A row in which the account gets in with "
          + "this secret, or --baseline with a run in which it did, would prove it.")
    default: []
    }
  }

  private var summaryLines: [String] {
    let summary = journal.summary
    let counts = RowResult.Status.allCases.filter { summary[$0] > 0 }.map { "\(summary[$0]) \($0.label)" }
    var lines = layout.lines(
      "\(RowCount.text(journal.count)): \(counts.isEmpty ? nothing : counts.joined(separator: ", "))",
      indent: 4)
    if journal.missingRows > 0 {
      lines += layout.lines("\(RowCount.text(journal.missingRows)) without a result yet", indent: 4)
    }
    lines += layout.lines(
      "\(summary.requests) \(summary.requests == 1 ? "request" : "requests") in \(Seconds.duration(summary.seconds)), roster \(journal.run.rosterHash.prefix(12)), mfsh \(journal.run.version)",
      indent: 4)
    if let left = summary.leftSessions { lines += layout.lines(left, indent: 4) }
    if let ending = summary.endingText {
      let next = summary.ending == .interrupted && canResume ? "; go on with --resume" : ""
      lines += layout.lines(ending.prefix(1).uppercased() + ending.dropFirst() + next, indent: 4)
    }
    return lines
  }

  private var nothing: String { journal.missingRows > 0 ? "no result" : "nothing to check" }
}
