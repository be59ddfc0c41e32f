/// JUnit's XML, as Jenkins and GitLab read it: a test suite for each server, a test case for each row.
struct JUnitReport {
  /// What stands in a suite.
  private struct Counts {
    var tests = 0
    var failures = 0
    var errors = 0
    var skipped = 0
    var milliseconds = 0

    mutating func add(_ outcome: Outcome, _ milliseconds: Int) {
      tests += 1
      self.milliseconds += milliseconds
      switch outcome {
      case .passed: break
      case .failure: failures += 1
      case .error: errors += 1
      case .skipped: skipped += 1
      }
    }

    var attributes: String {
      #"tests="\#(tests)" failures="\#(failures)" errors="\#(errors)" skipped="\#(skipped)""#
    }
  }

  /// What JUnit knows.
  private enum Outcome: String {
    case passed, failure, error, skipped
  }

  let journal: Journal
  let writer: ReportWriter

  func write() throws {
    let names = try JUnitNames(journal)
    let order = RowOrder.byServer(journal)
    try writer.line(#"<?xml version="1.0" encoding="UTF-8"?>"#)
    var all = counts(0..<journal.count)
    if journal.incompleteText != nil { all.add(.error, 0) }
    try writer.line(
      #"<testsuites name="mfsh check" \#(all.attributes) time="\#(Seconds.text(journal.summary.seconds))" "#
        + #"timestamp="\#(XMLText.attribute(journal.run.started))">"#)
    for (place, server) in journal.servers.enumerated() {
      try writeSuite(server, order[place], names)
    }
    if let lack = journal.incompleteText { try writeIncomplete(VisibleText.line(lack)) }
    try writer.line("</testsuites>")
  }

  private func writeSuite(_ server: String, _ places: some Sequence<Int>, _ names: JUnitNames) throws {
    let counts = counts(places)
    if counts.tests == 0 { return }
    try writer.line(
      #"  <testsuite name="\#(XMLText.attribute(server))" \#(counts.attributes) "#
        + #"time="\#(Seconds.text(milliseconds: counts.milliseconds))" "#
        + #"timestamp="\#(XMLText.attribute(journal.run.started))">"#)
    try writeProperties(server)
    for place in places { try writeCase(journal.result(at: place), names) }
    try writer.line("  </testsuite>")
  }

  /// An error, so that nobody takes a part of the rows for all of them: services count the cases that they see.
  private func writeIncomplete(_ message: String) throws {
    var counts = Counts()
    counts.add(.error, 0)
    try writer.line(
      #"  <testsuite name="mfsh check" \#(counts.attributes) time="0.000" "#
        + #"timestamp="\#(XMLText.attribute(journal.run.started))">"#)
    try writer.line(
      #"    <testcase classname="mfsh check" name="the run is whole" "#
        + #"file="\#(XMLText.attribute(journal.run.files.first ?? ""))" line="1" time="0.000">"#)
    try writer.line(
      #"      <error message="\#(XMLText.attribute(message))" type="incomplete">"#
        + "\(XMLText.content(Self.text(message, in: journal)))</error>")
    try writer.line("    </testcase>")
    try writer.line("  </testsuite>")
  }

  private static func text(_ message: String, in journal: Journal) -> String {
    let selected = journal.run.selectedRows
    return "\(message)\n\(journal.count) of \(selected) \(selected == 1 ? "row has" : "rows have") a result"
  }

  private func writeProperties(_ server: String) throws {
    let properties = [
      ("mfsh.version", journal.run.version), ("roster.sha256", journal.run.rosterHash),
      ("server.time", journal.run.serverTimes[server] ?? ""),
      ("rules", journal.run.rules.joined(separator: " ")),
      ("ending", journal.summary.ending.rawValue), ("logouts", journal.summary.leftSessions ?? ""),
    ]
    try writer.line("    <properties>")
    for (name, value) in properties where !value.isEmpty {
      try writer.line(#"      <property name="\#(name)" value="\#(XMLText.attribute(value))"/>"#)
    }
    try writer.line("    </properties>")
  }

  private func writeCase(_ result: RowResult, _ names: JUnitNames) throws {
    let start =
      #"    <testcase classname="\#(XMLText.attribute(JUnitNames.className(result)))" "#
      + #"name="\#(XMLText.attribute(names.name(result)))" file="\#(XMLText.attribute(result.file))" "#
      + #"line="\#(result.line)" time="\#(Seconds.text(milliseconds: Int(max(0, min(result.ms.rounded(), 4e9)))))""#
    let outcome = outcome(result.status)
    guard outcome != .passed else { return try writer.line(start + "/>") }
    let message = VisibleText.line(result.summaryText)
    try writer.line(start + ">")
    let type = outcome == .skipped ? "" : #" type="\#(XMLText.attribute(Self.type(result)))""#
    try writer.line(
      #"      <\#(outcome.rawValue) message="\#(XMLText.attribute(message))"\#(type)>"#
        + "\(XMLText.content(Self.text(message, result)))</\(outcome.rawValue)>")
    try writer.line("    </testcase>")
  }

  /// What differs, or why there is no answer: what tools count by.
  private static func type(_ result: RowResult) -> String {
    result.status == .diff ? result.findings.map(\.check).joined(separator: " ") : result.code
  }

  /// The message, and below it what was expected and found.
  private static func text(_ message: String, _ result: RowResult) -> String {
    let findings = result.findings.map { finding in
      ([VisibleText.line(finding.check)] + finding.facts.map { "  \($0.name): \(VisibleText.line($0.text))" })
        .joined(separator: "\n")
    }
    let last = ["id: \(VisibleText.line(result.id))", "code: \(VisibleText.line(result.code))"]
    return ([message] + findings + last).joined(separator: "\n")
  }

  private func counts(_ places: some Sequence<Int>) -> Counts {
    var counts = Counts()
    for place in places {
      counts.add(outcome(journal.status(at: place)), Int(journal.entries[place].milliseconds))
    }
    return counts
  }

  /// A refusal that was accepted without proof is neither passed nor an error.
  private func outcome(_ status: RowResult.Status) -> Outcome {
    switch status {
    case .pass: .passed
    case .diff: .failure
    case .inconclusive: .error
    case .unproved: journal.run.acceptsUnproved ? .skipped : .error
    case .waived, .notRun: .skipped
    }
  }
}
