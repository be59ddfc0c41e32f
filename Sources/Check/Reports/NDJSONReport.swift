/// The records of the schema `mfsh.check/1`: `run`, a `result` for each row, a `group` for equal ones, `summary`.
struct NDJSONReport {
  let journal: Journal
  let writer: ReportWriter

  func write() throws {
    try write(journal.run.record)
    for index in 0..<journal.count { try write(journal.record(at: index)) }
    for group in try journal.groups() where group.count > 1 { try write(record(of: group)) }
    try write(journal.summary.record)
  }

  private func record(of group: ResultGroup) throws -> [UInt8] {
    let first = try journal.result(at: group.examples[0])
    let ids = try group.examples.map { try journal.result(at: $0).id }
    var line = JSONLine()
    line.object { line in
      line.text("type", "group")
      line.text("status", first.status.rawValue)
      line.text("code", first.code)
      line.text("server", first.server)
      if first.status == .diff { first.vault?.write("vault", to: &line) }
      line.array("findings", first.findings) { $1.write(to: &$0) }
      line.integer("count", group.count)
      line.texts("ids", ids)
      line.text("hint", ifPresent: Hints.hint(first, acceptsUnproved: journal.run.acceptsUnproved))
    }
    return line.bytes
  }

  private func write(_ record: [UInt8]) throws {
    try writer.write(record)
    try writer.line()
  }
}
