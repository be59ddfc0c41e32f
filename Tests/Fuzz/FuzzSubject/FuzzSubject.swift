/// Something that reads arbitrary bytes.
package protocol Subject {
  /// - Throws: `Violation`, or what else should not have happened.
  func read(_ input: [UInt8]) throws
}

/// A property that does not hold.
package struct Violation: Error {
  package let text: String

  package init(_ text: String) { self.text = text }
}

/// All subjects, by the name of their corpus.
package let fuzzSubjects: [String: @Sendable () throws -> any Subject] = [
  "answers": { try ResponseSubject() },
  "keys": { KeySubject() },
  "statements": { try StatementSubject() },
  "secrets": { SecretSubject() },
  "roster": { RosterSubject() },
]
