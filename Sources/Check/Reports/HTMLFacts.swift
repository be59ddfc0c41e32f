/// What stands around the rows of the page: the verdict, the facts of the run, the counts, the rules.
struct HTMLFacts {
  let journal: Journal

  private var run: RunRecord { journal.run }
  private var summary: RunSummary { journal.summary }

  var lines: [String] {
    ["<header>", "<h1>Provisioning check</h1>", verdict, "<dl>"]
      + facts.map { "<dt>\($0.name)</dt><dd>\($0.text)</dd>" } + ["</dl>", "</header>"] + counts
  }

  // MARK: - Verdict

  private var verdict: String {
    let (tone, words) = outcome
    return
      #"<p class="verdict \#(tone)">\#(words)\#(remark.map { "<small>\(HTMLText.plain($0))</small>" } ?? "")</p>"#
  }

  /// The refusals without proof that were taken as they are.
  private var accepted: Int { run.acceptsUnproved ? summary[.unproved] : 0 }

  private var outcome: (tone: String, words: String) {
    let open = journal.count - summary[.pass] - summary[.diff] - summary[.waived] - accepted
    if journal.count == 0 { return ("open", "No row was checked.") }
    if summary[.diff] > 0 {
      let verb = summary[.diff] == 1 ? "is" : "are"
      return ("bad", "✗ Not as ordered: \(HTMLText.rows(summary[.diff])) \(verb) different.")
    }
    if open > 0 || journal.missingRows > 0 || summary.ending != .complete {
      return (
        "open",
        "? Not settled: no row is different, but \(HTMLText.rows(open + journal.missingRows)) without proof."
      )
    }
    if accepted > 0 {
      let waivers =
        summary[.waived] > 0 ? ", and for \(HTMLText.rows(summary[.waived])) accepted by waivers" : ""
      return (
        "calm",
        "◇ As ordered, but for \(HTMLText.rows(accepted)) accepted without proof, because of --accept-unproved\(waivers)."
      )
    }
    if summary[.waived] > 0 {
      return ("calm", "◇ As ordered, but for \(HTMLText.rows(summary[.waived])) accepted by waivers.")
    }
    return ("good", "✓ As ordered: \(HTMLText.rows(journal.count)).")
  }

  private var remark: String? {
    let ending = summary.endingText.map { "The run was \($0)." }
    let lack =
      journal.missingRows > 0 ? "\(HTMLText.rows(journal.missingRows)) of the roster without a result." : nil
    let left = summary.leftSessions.map { "\($0)." }
    let texts = [ending, lack, left].compactMap { $0 }
    return texts.isEmpty ? nil : texts.joined(separator: " ")
  }

  // MARK: - Facts

  private var facts: [(name: String, text: String)] {
    var facts = [
      ("When", "\(HTMLText.text(run.started)), for \(Seconds.duration(summary.seconds))"),
      ("Against", servers),
      ("Roster", run.files.map(HTMLText.text).joined(separator: ", ")),
      ("Its rows", rows),
      ("Its SHA-256", HTMLText.code(run.rosterHash)),
    ]
    if !run.rules.isEmpty { facts.append(("Options", run.rules.map(HTMLText.code).joined(separator: " "))) }
    facts.append(
      (
        "Checked by",
        "mfsh \(HTMLText.text(run.version)), with \(HTMLText.grouped(summary.requests)) requests"
      ))
    return facts
  }

  private var servers: String {
    let names = Set(journal.servers).union(run.servers).sorted()
    return names.map { name in
      let time = run.serverTimes[name].map { #" <span class="soft">its clock: \#(HTMLText.text($0))</span>"# }
      return HTMLText.text(name) + (time ?? "")
    }.joined(separator: "<br>")
  }

  private var rows: String {
    var text = HTMLText.grouped(run.rosterRows)
    if run.selectedRows != run.rosterRows {
      text += ", of which \(HTMLText.grouped(run.selectedRows)) were to be checked"
    }
    if let shard = run.shard { text += " (part \(shard.index) of \(shard.count))" }
    return text
  }

  // MARK: - Counts

  private var counts: [String] {
    [#"<div class="counts">"#, Self.count("all", "", "all rows", journal.count)]
      + RowResult.Status.allCases.map { status in
        Self.count(
          status.rawValue, HTMLMark.tone(status), "\(HTMLMark.sign(status)) \(status.label)", summary[status])
      } + ["</div>", #"<p class="soft unprinted">Choose one to see its rows alone.</p>"#]
  }

  private static func count(_ choice: String, _ tone: String, _ words: String, _ count: Int) -> String {
    #"<label for="show-\#(choice)" class="\#(count == 0 ? "soft" : tone)"><b>\#(HTMLText.grouped(count))</b>\#(words)</label>"#
  }

  // MARK: - Rules

  /// The section that explains the verdicts.
  static var rules: [String] {
    [
      "<section>", #"<h2 id="rules">The rules</h2>"#,
      "<p>A row is judged by the step that was refused and by the fields that the server sent, never by a text.</p>",
      #"<div class="scroll"><table><thead><tr><th scope="col">Rule</th><th scope="col">Verdict</th><th scope="col">When</th></tr></thead><tbody>"#,
    ]
      + VerdictRule.allCases.map { rule in
        #"<tr id="rule-\#(rule.rawValue)"><td>\#(rule.rawValue)</td><td>\#(HTMLMark.mark(rule.status))</td>"#
          + "<td>\(HTMLText.plain(rule.text))</td></tr>"
      } + ["</tbody></table></div>", "</section>"]
  }
}
