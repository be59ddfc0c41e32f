import Glibc

/// The statements typed at earlier prompts, at others side by side and at this one, and the file that keeps them.
///
/// A statement is written before it runs, so that one that brings the program down is there too. Nothing here ever
/// fails a prompt: what goes wrong comes back as a message of one line, once, and what could not be written is written
/// with a later statement.
package final class StatementHistory {
  /// What is kept of a statement, and which names this statement and the ones that `names` came from give secrets to.
  package typealias Redaction = (_ statement: String, _ names: Set<String>) -> (
    kept: String, names: Set<String>
  )

  private let file: HistoryFile?
  private let limit: Int
  private let profile: String?
  private let redaction: Redaction
  private var reader: HistoryReader?
  /// Of the file, oldest first; this session's are among them.
  private var others: [String] = []
  /// This session's, oldest first.
  private var own: [HistoryEntry] = []
  /// How many of `own` the file has.
  private var written = 0
  /// Entries that turned out to hold secrets, and what the file is to have instead.
  private var replacing: [HistoryEntry: HistoryEntry] = [:]
  private var secretNames: Set<String> = []
  private var told: Set<String> = []
  private var walk: [String]?

  /// - Parameters:
  ///   - path: the file, made with its folders when the first statement is written; nil keeps nothing.
  ///   - home: a folder above it that is not made.
  ///   - profile: only statements that were typed under the same one are shown; nil is one of its own.
  ///   - limit: how many statements are read back, and how many are kept of this session.
  ///   - redaction: what is kept of a statement.
  package init(
    path: String?, home: String? = nil, profile: String? = nil, limit: Int = 10_000,
    redaction: @escaping Redaction = { statement, _ in (statement, []) }
  ) {
    file = path.map { HistoryFile(path: $0, home: home) }
    reader = path.map { HistoryReader(path: $0, limit: limit) }
    self.profile = profile
    self.limit = limit
    self.redaction = redaction
  }

  /// All statements without repeats, in the order that Up walks backwards: those of other sessions, also of those that
  /// run now, then this session's. The file is read when it has changed.
  package var statements: [String] {
    refresh()
    if let walk { return walk }
    var known: Set<String> = []
    let newestFirst = own.reversed().map(\.statement) + others.reversed()
    let walk = Array(newestFirst.filter { known.insert($0).inserted }.reversed())
    self.walk = walk
    return walk
  }

  /// What of a statement may be shown again; the file may stem from when less was redacted.
  package func recalled(_ statement: String) -> String { redaction(statement, secretNames).kept }

  /// Adds a statement, in memory and in the file.
  ///
  /// One that begins with a space, is blank or repeats the last one is left out.
  /// - Returns: what went wrong with the file, if it was not told before.
  package func record(_ statement: String) -> String? {
    guard statement.contains(where: { !$0.isWhitespace }) else { return nil }
    guard statement.utf8.count <= HistoryEntry.statementLimit else {
      return once("history: a statement of more than 1 MiB is not kept")
    }
    let kept = learn(statement)
    if !Self.isKeptOut(statement), kept != own.last?.statement {
      own.append(HistoryEntry(time: Int64(time(nil)), statement: kept, profile: profile))
      walk = nil
    }
    let problem = write()
    trim()
    if reader?.isFresh == true { refresh() }
    return problem ?? brokenLines
  }

  /// Whether somebody does not want a statement to be kept: a space begins it.
  package static func isKeptOut(_ statement: String) -> Bool { statement.first == " " }

  // MARK: Redaction

  /// What is kept of a statement. When it shows that a variable holds a secret, the statement that set it is rewritten.
  private func learn(_ statement: String) -> String {
    var result = redaction(statement, secretNames)
    var known = secretNames.count
    secretNames.formUnion(result.names)
    while secretNames.count > known {
      known = secretNames.count
      for index in own.indices { secretNames.formUnion(redactAgain(index)) }
      result = redaction(statement, secretNames)
      secretNames.formUnion(result.names)
    }
    return result.kept
  }

  private func redactAgain(_ index: Int) -> Set<String> {
    let result = redaction(own[index].statement, secretNames)
    guard result.kept != own[index].statement else { return result.names }
    let former = own[index]
    own[index].statement = result.kept
    others = others.map { $0 == former.statement ? result.kept : $0 }
    walk = nil
    if index < written {
      let inFile = replacing.first { $0.value == former }?.key ?? former
      replacing[inFile] = own[index]
    }
    return result.names
  }

  // MARK: The file

  private func write() -> String? {
    guard let file, written < own.count || !replacing.isEmpty else { return nil }
    do {
      try file.append(Array(own[written...]), replacing: replacing)
    } catch {
      return once(error.message)
    }
    replacing = [:]
    written = own.count
    return nil
  }

  private func trim() {
    let excess = own.count - limit
    guard excess > 0 else { return }
    own.removeFirst(excess)
    written = max(0, written - excess)
  }

  private func refresh() {
    guard let news = reader?.next() else { return }
    switch news {
    case .more(let entries): others += statements(of: entries)
    case .all(let entries): others = statements(of: entries)
    }
    if others.count > limit { others.removeFirst(others.count - limit) }
    walk = nil
  }

  private func statements(of entries: [HistoryEntry]) -> [String] {
    entries.filter { $0.profile == profile }.map(\.statement)
  }

  private var brokenLines: String? {
    guard let file, let count = reader?.brokenLines, count > 0 else { return nil }
    return once("history: \(file.path) has lines that are no statements; they are passed over")
  }

  private func once(_ problem: String) -> String? { told.insert(problem).inserted ? problem : nil }
}
