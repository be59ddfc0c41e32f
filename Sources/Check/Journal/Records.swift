/// The records of the schema `mfsh.check/1` as lines of JSON, without a line end. Those of a run and a summary are `Decodable`.
extension RunRecord {
  var record: [UInt8] {
    var line = JSONLine()
    line.object { line in
      line.text("type", "run")
      line.text("schema", Self.schema)
      line.text("version", version)
      line.text("started", started)
      line.number("started_at", startedAt)
      line.text("roster_hash", rosterHash)
      line.integer("roster_rows", rosterRows)
      line.texts("files", files)
      line.texts("servers", servers)
      line.texts("server_times", serverTimes)
      line.texts("rules", rules)
      if let shard {
        line.object("shard") {
          $0.integer("index", shard.index)
          $0.integer("count", shard.count)
        }
      }
      line.integer("selected_rows", selectedRows)
    }
    return line.bytes
  }
}

extension RunSummary {
  var record: [UInt8] {
    var line = JSONLine()
    line.object { line in
      line.text("type", "summary")
      line.object("counts") { counts in
        for status in RowResult.Status.allCases { counts.integer(status.rawValue, self[status]) }
      }
      line.text("ending", ending.rawValue)
      line.text("reason", ifPresent: reason)
      line.number("seconds", seconds)
      line.integer("requests", requests)
      line.integer("failed_logouts", failedLogouts)
    }
    return line.bytes
  }
}

extension RowResult {
  /// What the record of a result begins with, up to the text of the id.
  static let recordStart = Array(#"{"type":"result","id":""#.utf8)

  package var record: [UInt8] {
    var line = JSONLine()
    line.object { line in
      line.text("type", "result")
      writeOrder(&line)
      writeVerdict(&line)
      writeAnswers(&line)
      line.texts("meta", meta)
      line.text("content", content)
    }
    return line.bytes
  }

  /// What was ordered, for rules of one's own: the fields of a result that come from the roster.
  package var orderRecord: [UInt8] {
    var line = JSONLine()
    line.object { line in
      line.text("type", "row")
      writeOrder(&line)
      line.texts("meta", meta)
    }
    return line.bytes
  }

  private func writeOrder(_ line: inout JSONLine) {
    line.text("id", id)
    line.integer("row", row)
    line.text("file", file)
    line.integer("line", self.line)
    line.text("server", server)
    if let vault { vault.write("vault", to: &line) }
    line.text("account", account)
    line.text("auth", auth.rawValue)
    line.text("domain", ifPresent: domain)
    line.text("secret", ifPresent: secret)
    line.text("expect", expect.rawValue)
  }

  private func writeVerdict(_ line: inout JSONLine) {
    line.text("status", status.rawValue)
    line.text("code", code)
    line.text("message", message)
    line.array("findings", findings) { $1.write(to: &$0) }
    if let waiver {
      line.object("waiver") { line in
        line.text("reason", waiver.reason)
        line.text("until", ifPresent: waiver.until)
        line.text("was", waiver.was.rawValue)
      }
    }
    line.values("actual", actual)
  }

  private func writeAnswers(_ line: inout JSONLine) {
    line.array("http", http) { $1.write(to: &$0) }
    line.integer("attempts", attempts)
    line.text("started", started)
    line.number("ms", ms)
    line.text("logout", logout.rawValue)
  }
}

extension RowResult.VaultReference {
  func write(_ name: String, to line: inout JSONLine) {
    line.object(name) {
      $0.text("guid", ifPresent: guid)
      $0.text("name", ifPresent: self.name)
    }
  }
}

extension RowResult.Finding {
  func write(to line: inout JSONLine) {
    line.object {
      $0.text("check", check)
      $0.text("severity", severity.rawValue)
      $0.value("expected", expected)
      $0.value("actual", actual)
      $0.texts("missing", missing)
      $0.texts("extra", extra)
    }
  }
}

extension RowResult.Exchange {
  fileprivate func write(to line: inout JSONLine) {
    line.object {
      $0.text("method", method)
      $0.text("path", path)
      if let status { $0.integer("status", status) }
      $0.number("ms", ms)
      $0.integer("attempt", attempt)
      $0.text("exception", ifPresent: exception)
      $0.text("reference", ifPresent: reference)
    }
  }
}
