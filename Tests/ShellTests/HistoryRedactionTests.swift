import Testing

@testable import Shell

/// Secrets in statements, and what the history keeps of them.
struct HistoryRedactionTests {
  private typealias Corpus = HistoryRedactionCorpus

  @Test func theCorpusIsLarge() {
    #expect(Corpus.secrets.count >= 60 && Corpus.harmless.count >= 25)
  }

  @Test(arguments: HistoryRedactionCorpus.secrets)
  func secretsAreTakenOut(statement: String, kept: String) {
    #expect(HistoryRedaction.redact(statement) == kept)
    #expect(HistoryRedaction.redact(kept) == kept)
  }

  @Test(arguments: HistoryRedactionCorpus.harmless)
  func everythingElseIsKept(statement: String) {
    #expect(HistoryRedaction.redact(statement) == statement)
  }

  @Test(arguments: HistoryRedactionCorpus.bareWords)
  func wordsWithoutQuotesAreTakenOut(statement: String, kept: String) {
    let isKnown = { ["known", "name", "ipairs", "secret", "session"].contains($0) }
    #expect(HistoryRedaction.withoutBareWords(statement, isKnown: isKnown) == kept)
  }

  @Test func anAliasIsKnownInLaterStatements() {
    let names = HistoryRedaction.redact("local of, n = secret.of, 1", names: []).names
    #expect(HistoryRedaction.redact(#"of"x1""#, names: names).kept == "of(secret.ask())")
  }

  @Test(arguments: HistoryRedactionCorpus.flows)
  func whatTurnsOutToBeASecretIsTakenOut(statements: [String], kept: String) {
    var names: Set<String> = []
    for statement in statements.reversed() { names = HistoryRedaction.redact(statement, names: names).names }
    #expect(HistoryRedaction.redact(statements[0], names: names).kept == kept)
  }

  /// Nesting, long chains and long tables cost time in proportion to their length.
  @Test(arguments: [
    "{p=", "f(", "password=f(", "token(", "password={user=", "x = 'password=1' .. ", "a, ", "{a=1, b=", "\"",
    "function token() ", "[[", "--[==[", "password==", "\"password\", ", "password=[", "a.b[", "and ", "'\\",
    "for pw in ", "secret.of(", "secret.ask(",
  ])
  func depthAndLengthAreNoTrouble(piece: String) {
    let statement = String(repeating: piece, count: 1_000) + "password='x1'"
    let kept = HistoryRedaction.redact(statement)
    #expect(!kept.contains("x1"))
  }
}
