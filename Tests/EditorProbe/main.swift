import Glibc
import LineEditing

// A prompt for tests: statements with balanced parentheses, each result printed in brackets. What is typed can be a
// command: `pw` asks for a password, `say N` shows a message while the next statement is edited.

/// Set by the handler, read by the wait; one word.
nonisolated(unsafe) var windowChanges: sig_atomic_t = 0
/// A message to show during the next wait; main thread only.
nonisolated(unsafe) var message: String?
/// Set once at the start of the main thread.
nonisolated(unsafe) var editor: LineEditor?
/// Set by the handlers; one word each.
nonisolated(unsafe) var terminated: sig_atomic_t = 0
nonisolated(unsafe) var interrupted: sig_atomic_t = 0

func waitForTerminal() -> InputWait {
  while true {
    if let text = message {
      message = nil
      editor?.showMessage(text)
    }
    if windowChanges > 0 {
      windowChanges = 0
      editor?.windowChanged()
    }
    if terminated > 0 { return .stop }
    if interrupted > 0 {
      interrupted = 0
      return .interrupted
    }
    var entry = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    if poll(&entry, 1, 50) > 0 { return .ready }
  }
}

func isBalanced(_ text: String) -> Bool {
  text.count { $0 == "(" } <= text.count { $0 == ")" }
}

func answer(_ statement: String, _ history: StatementHistory) {
  if let problem = history.record(statement) { print("<\(problem)>") }
  if statement == "pw" {
    switch PasswordQuestion.ask(prompt: "Password: ") {
    case .answer(let bytes): print("<password \(String(decoding: bytes, as: UTF8.self))>")
    case let other: print("<\(other)>")
    }
  } else if statement.hasPrefix("say ") {
    message = String(statement.dropFirst(4))
  }
  print("[" + statement.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "|") + "]")
}

/// Words that Tab knows; those with `m` fill a screen.
let words = ["apple", "apricot", "größe", "日本語"] + (1...40).map { "m\($0 + 100)" }

func complete(_ text: String, _ cursor: Int) -> Completion? {
  let before = String(text.unicodeScalars.prefix(cursor))
  let word = String(before.reversed().prefix { $0.isLetter || $0.isNumber }.reversed())
  let fitting = words.filter { $0.hasPrefix(word) }
  guard let first = fitting.first else { return nil }
  let common = fitting.dropFirst().reduce(first) { $0.commonPrefix(with: $1) }
  let start = cursor - word.unicodeScalars.count
  return Completion(start: start, insertion: common) { _ in fitting.count > 1 ? fitting.map { "* " + $0 } : []
  }
}

extension String {
  func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}

signal(SIGWINCH) { _ in windowChanges = 1 }
signal(SIGTERM) { _ in terminated = 1 }
signal(SIGINT) { _ in interrupted = 1 }
let history = StatementHistory(path: getenv("PROBE_HISTORY").map { String(cString: $0) })
let probe = LineEditor(
  program: "probe",
  options: LineEditor.Options(
    history: history, waitForInput: waitForTerminal,
    helpers: .init(complete: complete, hint: { text, cursor in "hint \(text) \(cursor)" })))
editor = probe

reading: while true {
  switch probe.readStatement(prompt: "\u{1B}[1m\u{1B}[32mprobe> \u{1B}[0m", isComplete: isBalanced) {
  case .statement(let statement): answer(statement, history)
  case .interrupted: print("<interrupted>")
  case let other:
    print("<\(other)>")
    break reading
  }
}
