/// A text of a roster in a message: in quotes, on one line, and not too long.
struct Quoted: CustomStringConvertible {
  private static let limit = 60
  let description: String

  init(_ text: some StringProtocol) {
    // Scalars: a character may be of any number of them.
    let start = text.unicodeScalars.prefix(Self.limit)
    let isCut = start.endIndex < text.endIndex
    description = "\"\(VisibleText.line(String(String.UnicodeScalarView(start))))\(isCut ? "…" : "")\""
  }
}
