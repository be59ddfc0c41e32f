/// A page for an auditor.
struct HTMLReport {
  let journal: Journal
  let writer: ReportWriter
  func write() throws {}
}
