/// One text of the help, as its file says it.
///
/// The first line is `name: what it is in a few words`, for a function with its call in place of the name:
/// `session.use(vault) -> table: enters a vault`.
struct HelpTopic: Sendable {
  let name: String
  /// The whole text, ending in a line feed.
  let text: String

  init(name: String, text: String) {
    self.name = name
    self.text = text
  }

  init(_ file: HelpFiles.Text) {
    self.init(name: file.name, text: String(decoding: file.bytes, as: UTF8.self))
  }

  /// The first line.
  var headline: Substring { text.prefix { $0 != "\n" } }

  /// How it is called: `session.use(vault) -> table`.
  var signature: Substring { headline.firstRange(of: ": ").map { headline[..<$0.lowerBound] } ?? headline }

  /// The call without what it gives: `session.use(vault)`.
  var call: Substring { signature.firstRange(of: " -> ").map { signature[..<$0.lowerBound] } ?? signature }

  /// What it is, in a few words.
  var summary: Substring { headline.firstRange(of: ": ").map { headline[$0.upperBound...] } ?? "" }

  /// What follows the first line.
  var rest: Substring { text.dropFirst(headline.count).drop { $0 == "\n" } }
}
