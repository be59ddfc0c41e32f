/// Tables of rows.
struct HTMLRows {
  let journal: Journal
  let writer: ReportWriter

  /// - Parameter showsMessage: whether each row tells what came of it.
  func write(_ places: some Sequence<Int>, showsMessage: Bool) throws {
    var columns = ["Account", "Ordered", "Row"]
    if showsMessage { columns.append("What came of it") }
    try begin(columns + ["When", "Answers", "Logout"])
    for place in places {
      let result = try journal.result(at: place)
      var cells = [HTMLText.text(result.who), Self.ordered(result), Self.row(result)]
      if showsMessage { cells.append(HTMLText.text(result.message)) }
      try write(cells + [Self.time(result), Self.answers(result), result.logout.rawValue])
    }
    try end()
  }

  /// The rows that are as ordered, in few columns.
  func writePasses(_ places: some Sequence<Int>) throws {
    try begin(["Account", "Ordered", "Vault", "Row", "When", "Logout", "Rule"])
    for place in places {
      let result = try journal.result(at: place)
      let rule = VerdictRule(result).rawValue
      try write([
        HTMLText.text(result.who), Self.ordered(result), HTMLText.text(result.vault?.label ?? ""),
        Self.row(result), Self.time(result), result.logout.rawValue,
        ##"<a href="#rule-\##(rule)">\##(rule)</a>"##,
      ])
    }
    try end()
  }

  private func begin(_ columns: [String]) throws {
    let cells = columns.map { #"<th scope="col">\#($0)</th>"# }.joined()
    try writer.line(#"<div class="scroll"><table><thead><tr>\#(cells)</tr></thead><tbody>"#)
  }

  private func write(_ cells: [String]) throws {
    try writer.line("<tr>" + cells.map { "<td>\($0)</td>" }.joined() + "</tr>")
  }

  private func end() throws { try writer.line("</tbody></table></div>") }

  private static func ordered(_ result: RowResult) -> String { result.expect.rawValue }

  private static func row(_ result: RowResult) -> String {
    #"\#(HTMLText.text(result.source)) <span class="soft id">\#(HTMLText.text(result.id))</span>"#
  }

  private static func time(_ result: RowResult) -> String {
    result.started.isEmpty
      ? ""
      : "\(HTMLText.text(result.started)), \(Seconds.text(milliseconds: Int(max(0, min(result.ms, 4e9))))) s"
  }

  /// `POST /server/authenticationtokens 200, GET /session 403 (MFSessionException, ref 17)`.
  private static func answers(_ result: RowResult) -> String {
    result.http.map { exchange in
      let facts = [exchange.exception, exchange.reference.map { "reference \($0)" }].compactMap { $0 }
      let status = exchange.status.map(String.init) ?? "no answer"
      return HTMLText.plain(
        "\(exchange.method) \(exchange.path) \(status)"
          + (facts.isEmpty ? "" : " (\(facts.joined(separator: ", ")))"))
    }.joined(separator: "<br>")
  }
}

/// The rows that are as ordered, server by server, closed until somebody looks.
struct HTMLPasses {
  let journal: Journal
  let writer: ReportWriter

  func write() throws {
    guard journal.summary[.pass] > 0 else { return }
    try writer.line(#"<section class="status status-pass">"#)
    try writer.line("<h2>\(HTMLMark.mark(.pass)) \(HTMLText.rows(journal.summary[.pass]))</h2>")
    let order = RowOrder(journal, buckets: journal.servers.count) {
      journal.status(at: $0) == .pass ? journal.server(at: $0) : nil
    }
    for (number, server) in journal.servers.enumerated() where !order[number].isEmpty {
      try writer.line(
        "<details><summary>\(HTMLText.text(server)): \(HTMLText.rows(order[number].count))</summary>")
      try HTMLRows(journal: journal, writer: writer).writePasses(order[number])
      try writer.line("</details>")
    }
    try writer.line("</section>")
  }
}
