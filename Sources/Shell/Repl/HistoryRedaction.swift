/// Takes the secrets out of a statement before the history keeps it.
///
/// What is written literally for a name that speaks of a secret becomes `secret.ask()`, so that the statement still
/// runs when it is recalled, and asks. When in doubt it is taken out: a history that is too empty costs little.
package enum HistoryRedaction {
  static let question = "secret.ask()"
  /// Each round takes literals away, so that there is an end; nobody types what needs as many as these.
  private static let roundLimit = 16

  /// What the history keeps for a statement.
  package static func redact(_ statement: String) -> String { redact(statement, names: []).kept }

  /// A statement without the words that are no variables and stand where a secret belongs: the quotes are missing.
  ///
  /// - Parameter isKnown: whether there is a variable of this name.
  static func withoutBareWords(_ statement: String, isKnown: (String) -> Bool) -> String {
    var finder = SecretFinder(statement, known: [])
    return finder.withoutBareWords(isKnown)
  }

  /// What the history keeps for a statement that follows others.
  ///
  /// - Parameter names: variables, fields and functions that earlier statements have handed to a secret's place, in
  ///   the spelling of the result: `q` after `session.login{password=q}`.
  /// - Returns: also all such names of this statement.
  package static func redact(_ statement: String, names: Set<String>) -> (kept: String, names: Set<String>) {
    if let command = PromptCommand.typed(statement), PromptCommand.named(command.name) == nil {
      // What somebody hands to a command that there is not can be anything.
      return ("\\\(command.name.prefix { $0.isLetter || $0 == "!" })", names)
    }
    if let kept = ShellWords.kept(statement) { return (kept, names) }
    var text = statement
    var names = names
    for _ in 0..<roundLimit {
      var finder = SecretFinder(text, known: names)
      var next = finder.isDoubtful ? SecretText.redact(text) : text
      if next == text { next = finder.run() }
      if next == text, finder.found.isSubset(of: names) { return (text, names) }
      text = next
      names.formUnion(finder.found)
    }
    return (question, names)
  }
}
