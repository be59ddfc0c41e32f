/// A text of a roster in a message: in quotes, on one line, and not too long.
struct Quoted: CustomStringConvertible {
  private static let limit = 60
  let description: String

  init(_ text: some StringProtocol) {
    let start = text.prefix(Self.limit)
    description = "\"\(VisibleText.line(String(start)))\(start.endIndex < text.endIndex ? "…" : "")\""
  }
}
