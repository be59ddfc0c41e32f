/// A piece of the typed text and what it is.
package struct TextSpan: Equatable, Sendable {
  /// What decides on the look of a piece of text.
  package enum Kind: CaseIterable, Sendable {
    case keyword, number, string, comment
    /// A name that means something already.
    case knownName
    /// A string whose end is missing.
    case openString
    /// The bracket at the cursor, and the one that belongs to it.
    case matchingBracket
    /// What cannot stay as it is.
    case mistake
  }

  /// Where it stands, in Unicode scalars.
  package var range: Range<Int>
  package var kind: Kind

  /// A span of these parts.
  package init(_ range: Range<Int>, _ kind: Kind) {
    self.range = range
    self.kind = kind
  }
}
