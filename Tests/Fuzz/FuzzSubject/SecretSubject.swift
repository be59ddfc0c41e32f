import Shell

/// What takes secrets out of statements, fed with arbitrary text around one.
package struct SecretSubject: Subject {
  private static let canary = "kanarie7"
  private static let spellings = [
    "password=\"\(canary)\"", "password = '\(canary)'", "[\"password\"]=\"\(canary)\"",
    "password=[[\(canary)]]",
    "password=[=[\(canary)]=]", " secret.of(\"\(canary)\")", " secret.of[[\(canary)]]",
    "Authorization=\"Bearer \(canary)\"", "token = \"\(canary)\"",
    "[\"X-Authentication\"] = '\(canary)'", "{\"Password\": \"\(canary)\"}",
  ]

  package init() {}

  /// The first byte chooses a spelling, the second its place in the rest.
  package func read(_ input: [UInt8]) throws {
    guard input.count >= 2 else { return }
    let rest = input.dropFirst(2)
    let place = rest.startIndex + rest.count * Int(input[1]) / 255
    let before = String(decoding: rest[..<place], as: UTF8.self)
    let after = String(decoding: rest[place...], as: UTF8.self)
    guard !before.contains("kanarie"), !after.contains("kanarie") else { return }
    try isStable(before + after)
    try leavesPlainTextAlone(before + after)
    // In `a, password = "…"` the string would be the value of something else.
    let statement =
      before + (before.contains(",") ? ";" : "") + Self.spellings[Int(input[0]) % Self.spellings.count]
      + after
    let kept = try isStable(statement)
    guard !kept.contains(Self.canary) else { throw Violation("kept: \(kept)") }
  }

  @discardableResult
  private func isStable(_ statement: String) throws -> String {
    let kept = HistoryRedaction.redact(statement)
    let again = HistoryRedaction.redact(kept)
    guard again == kept else { throw Violation("once: \(kept)\ntwice: \(again)") }
    return kept
  }

  /// Without strings, numbers, comments, assignments, calls and commands there is nothing to take out.
  private func leavesPlainTextAlone(_ text: String) throws {
    let plain = text.filter { !$0.isNumber && !Self.marks.contains($0) }
    // A mark that combines with a letter behind it is another character, and the mark all the same.
    let marks = (Self.marks + "0123456789").unicodeScalars
    guard !plain.unicodeScalars.contains(where: { marks.contains($0) }) else { return }
    guard HistoryRedaction.redact(plain) == plain else { throw Violation("changed: \(plain)") }
  }

  private static let marks = "\"'[-\\=:({“”„‟‘’‚‛«»‹›"
}
