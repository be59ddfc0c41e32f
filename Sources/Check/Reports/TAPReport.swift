/// TAP 14: a test point for each row.
struct TAPReport {
  let journal: Journal
  let writer: ReportWriter

  func write() throws {
    try writer.line("TAP version 14")
    let reason = journal.run.selectedRows == 0 ? "no row was selected" : "no row has a result"
    try writer.line(journal.count == 0 ? "1..0 # SKIP \(reason)" : "1..\(journal.count)")
    for index in 0..<journal.count { try write(journal.result(at: index), number: index + 1) }
    if let left = journal.summary.leftSessions { try writer.line("# \(left)") }
    if let lack = journal.incompleteText { try writer.line("Bail out! \(VisibleText.line(lack))") }
  }

  private func write(_ result: RowResult, number: Int) throws {
    let description = Self.escaped(result.titleAndPlace)
    let isSkipped = isSkipped(result.status)
    let start = result.status == .pass || isSkipped ? "ok" : "not ok"
    let directive = isSkipped ? " # SKIP \(Self.escaped(result.summaryText))" : ""
    try writer.line("\(start) \(number) - \(description)\(directive)")
    if start == "not ok" { try writeDiagnostics(result) }
  }

  private func isSkipped(_ status: RowResult.Status) -> Bool {
    switch status {
    case .waived, .notRun: true
    case .unproved: journal.run.acceptsUnproved
    case .pass, .diff, .inconclusive: false
    }
  }

  /// In YAML, in which each JSON text stands for itself.
  private func writeDiagnostics(_ result: RowResult) throws {
    try writer.line("  ---")
    try writeField("message", result.summaryText)
    try writeField("status", result.status.rawValue)
    try writeField("code", result.code)
    try writeField("id", result.id)
    try writeField("at", result.source)
    if !result.findings.isEmpty { try writer.line("  findings:") }
    for finding in result.findings {
      try writeField("  - check", finding.check)
      for (name, text) in finding.facts { try writeField("    \(name)", text) }
    }
    try writer.line("  ...")
  }

  private func writeField(_ name: String, _ text: String) throws {
    var value = JSONLine()
    value.text(nil, text)
    try writer.write("  \(name): ")
    try writer.write(value.bytes)
    try writer.line()
  }

  private static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in VisibleText.line(text).unicodeScalars {
      if scalar == "\\" || scalar == "#" { result.append("\\") }
      result.append(scalar)
    }
    return String(result)
  }
}
