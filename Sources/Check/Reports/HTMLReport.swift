/// A page for an auditor, in one file that loads nothing: what was found, when, where and by which rule.
struct HTMLReport {
  let journal: Journal
  let writer: ReportWriter

  func write() throws {
    try writeHead()
    try HTMLFacts(journal: journal).lines.forEach { try writer.line($0) }
    let entries = try HTMLEntries(journal: journal, writer: writer)
    for status in [RowResult.Status.diff, .inconclusive, .unproved, .notRun, .waived] {
      try entries.write(status)
    }
    try HTMLPasses(journal: journal, writer: writer).write()
    try HTMLFacts.rules.forEach { try writer.line($0) }
    try writer.line("</main>")
    try writer.line(
      "<footer>Written by mfsh \(HTMLText.text(journal.run.version)) from the journal of the run; "
        + "schema \(RunRecord.schema). The page loads nothing and runs no program.</footer>")
    try writer.line("</body>")
    try writer.line("</html>")
  }

  private func writeHead() throws {
    try writer.write(
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src \(HTMLStyle.source); \
      base-uri 'none'; form-action 'none'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="referrer" content="no-referrer">
      <title>\(HTMLText.plain("Provisioning check, \(journal.run.started)"))</title>
      <style>
      """)
    try writer.write(HTMLStyle.text)
    try writer.line("</style>")
    try writer.line("</head>")
    try writer.line("<body>")
    for choice in HTMLMark.choices {
      let label = RowResult.Status(rawValue: choice)?.label ?? "all"
      try writer.line(
        #"<input class="choice" type="radio" name="show" id="show-\#(choice)" aria-label="Show rows: \#(label)""#
          + (choice == "all" ? " checked>" : ">"))
    }
    try writer.line("<main>")
  }
}

/// Text for a page.
enum HTMLText {
  /// Between tags, without touching the direction of what is around it.
  static func text(_ text: String) -> String { "<bdi>\(plain(text))</bdi>" }

  /// Between tags or double quotes.
  static func plain(_ text: String) -> String { XMLText.content(VisibleText.line(text)) }

  static func code(_ text: String) -> String { "<code>\(plain(text))</code>" }

  static func rows(_ count: Int) -> String { RowCount.text(count, grouped) }

  /// `100,000`.
  static func grouped(_ count: Int) -> String {
    let digits = Array(String(count))
    return digits.enumerated().map { place, digit in
      place > 0 && (digits.count - place) % 3 == 0 ? ",\(digit)" : "\(digit)"
    }.joined()
  }
}
