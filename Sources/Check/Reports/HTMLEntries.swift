/// The rows that are not as ordered, equal ones together.
struct HTMLEntries {
  /// Rows that stand alone are shown in tables of this length.
  private static let step = 500

  private let journal: Journal
  private let writer: ReportWriter
  private let groups: [ResultGroup]
  private let order: RowOrder

  init(journal: Journal, writer: ReportWriter) throws {
    self.journal = journal
    self.writer = writer
    groups = try journal.groups()
    order = RowOrder(journal, buckets: groups.count) { journal.group(at: $0) }
  }

  func write(_ status: RowResult.Status) throws {
    guard journal.summary[status] > 0 else { return }
    try writer.line(#"<section class="status status-\#(status.rawValue)">"#)
    try writer.line(
      "<h2>\(HTMLMark.mark(status)) \(HTMLText.rows(journal.summary[status]))</h2>")
    if let explanation = explanation(status) { try writer.line("<p>\(HTMLText.plain(explanation))</p>") }
    for (number, group) in groups.enumerated() where journal.status(at: group.examples[0]) == status {
      try write(group, order[number])
    }
    try writeOthers(status)
    try writer.line("</section>")
  }

  private func write(_ group: ResultGroup, _ places: some Collection<Int>) throws {
    let first = try journal.result(at: group.examples[0])
    try writer.line("<article>")
    let title =
      group.count == 1
      ? "\(HTMLText.text(first.who)) [\(first.expect.rawValue)]" : "\(HTMLText.rows(group.count)) alike"
    try writer.line("<h3>\(title)</h3>")
    try writer.line(#"<p class="where">\#(Self.cause(first))</p>"#)
    try writer.write(Self.findings(first))
    if let waiver = first.waiver {
      let until = waiver.until.map { " until \($0)" } ?? ""
      try writer.line("<p>Accepted\(HTMLText.plain(until)): \(HTMLText.text(waiver.reason))</p>")
    }
    if let hint = Hints.hint(first, acceptsUnproved: journal.run.acceptsUnproved) {
      try writer.line(#"<p class="hint">\#(HTMLText.plain(hint))</p>"#)
    }
    if group.count > 1 { try writer.line("<details><summary>\(HTMLText.rows(group.count))</summary>") }
    try HTMLRows(journal: journal, writer: writer).write(places, showsMessage: first.status != .diff)
    if group.count > 1 { try writer.line("</details>") }
    try writer.line("</article>")
  }

  /// Those beyond the groups that memory has room for.
  private func writeOthers(_ status: RowResult.Status) throws {
    let places = journal.entries.indices.lazy.filter {
      journal.status(at: $0) == status && journal.group(at: $0) == nil
    }
    var start = places.startIndex
    while start != places.endIndex {
      let end = places.index(start, offsetBy: Self.step, limitedBy: places.endIndex) ?? places.endIndex
      try writer.line("<details><summary>More rows</summary>")
      try HTMLRows(journal: journal, writer: writer).write(places[start..<end], showsMessage: true)
      try writer.line("</details>")
      start = end
    }
  }

  private static func cause(_ result: RowResult) -> String {
    let place = HTMLText.text(
      result.status == .diff || result.waiver?.was == .diff ? result.place : result.server)
    let rule = VerdictRule(result).rawValue
    return "\(HTMLText.code(result.code)) at \(place), rule "
      + ##"<a href="#rule-\##(rule)">\##(rule)</a>"##
  }

  private func explanation(_ status: RowResult.Status) -> String? {
    switch status {
    case .inconclusive: RowResult.Status.inconclusiveText
    case .unproved where journal.run.acceptsUnproved: RowResult.Status.acceptedText
    case .unproved: "Refused, as ordered, but a wrong password looks the same: these rows are not settled."
    case .pass, .diff, .notRun, .waived: nil
    }
  }

  private static func findings(_ result: RowResult) -> String {
    let findings = result.findings
    if findings.isEmpty { return "" }
    var columns: [(name: String, text: (RowResult.Finding) -> String)] = [
      ("Expected", \.expectedText), ("Found", \.actualText),
    ]
    if !findings.allSatisfy(\.missing.isEmpty) {
      columns.append(("Missing", { $0.missing.joined(separator: ", ") }))
    }
    if !findings.allSatisfy(\.extra.isEmpty) {
      columns.append(("Extra", { $0.extra.joined(separator: ", ") }))
    }
    let head = columns.map { #"<th scope="col">\#($0.name)</th>"# }.joined()
    let rows = findings.map { finding in
      let cells = columns.map { "<td>\(HTMLText.text($0.text(finding)))</td>" }.joined()
      return #"<tr><th scope="row">\#(HTMLText.text(finding.check))</th>\#(cells)</tr>"#
    }
    return """
      <div class="scroll"><table><thead><tr><td></td>\(head)</tr></thead><tbody>
      \(rows.joined(separator: "\n"))
      </tbody></table></div>

      """
  }
}
