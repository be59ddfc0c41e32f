/// What came of a text that was handed to another program.
package struct EditedText: Equatable, Sendable {
  /// The new text in UTF-8; nil: it stays as it was.
  package var bytes: [UInt8]?
  /// What went wrong, one line that is safe to print; nil: nothing.
  package var problem: String?

  /// A text, or the reason why there is none.
  package init(bytes: [UInt8]? = nil, problem: String? = nil) {
    self.bytes = bytes
    self.problem = problem
  }
}
