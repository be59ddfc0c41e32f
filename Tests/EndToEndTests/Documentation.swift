import FoundationEssentials
import TestSupport
import Testing

/// The documents and examples of the repository.
enum Documentation {
  /// The repository's folder.
  static let root: String = {
    let parts = #filePath.split(separator: "/").dropLast(3)
    return "/" + parts.joined(separator: "/")
  }()

  static func read(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: "\(root)/\(path)")), as: UTF8.self)
  }

  /// The fenced blocks of a language in a document, in their order.
  static func blocks(_ language: String, in path: String) throws -> [String] {
    let pieces = ("\n" + (try read(path))).split(separator: "\n```", omittingEmptySubsequences: false)
    return pieces.enumerated().compactMap { index, piece in
      guard index % 2 == 1, piece.hasPrefix(language + "\n") else { return nil }
      return String(piece.dropFirst(language.count + 1)) + "\n"
    }
  }

  /// A fenced block whose code can be run.
  struct Example: Sendable, CustomTestStringConvertible {
    /// The first word behind the fence: `lua` or `bash`.
    let language: String
    /// The second one, which says what the code needs; empty: nothing out of the ordinary.
    let name: String
    let code: String
    /// What it prints: the `text` block right behind it.
    let output: String?

    var testDescription: String { "\(language) \(name): \(code.prefix { $0 != "\n" })" }
  }

  /// The blocks of `lua` and `bash` in a document, in their order.
  static func examples(in path: String) throws -> [Example] {
    let pieces = ("\n" + (try read(path))).split(separator: "\n```", omittingEmptySubsequences: false)
    return stride(from: 1, to: pieces.count, by: 2).compactMap { index in
      let parts = pieces[index].split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      let words = parts[0].split(separator: " ").map(String.init)
      guard let language = words.first, ["lua", "bash"].contains(language), parts.count == 2 else {
        return nil
      }
      var output: String?
      if index + 2 < pieces.count, pieces[index + 1].allSatisfy(\.isWhitespace),
        pieces[index + 2].hasPrefix("text\n")
      {
        output = pieces[index + 2].dropFirst("text\n".count) + "\n"
      }
      return Example(
        language: language, name: words.count > 1 ? words[1] : "", code: parts[1] + "\n", output: output)
    }
  }

  /// The environment in which the documents' commands run: mfsh is a command.
  static var environment: [String: String] {
    let folder = BuiltBinary.mfsh.split(separator: "/").dropLast().joined(separator: "/")
    return ["PATH": "/\(folder):/usr/local/bin:/usr/bin:/bin"]
  }
}
