import FoundationEssentials
import TestSupport

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

  /// The environment in which the documents' commands run: mfsh is a command.
  static var environment: [String: String] {
    let folder = BuiltBinary.mfsh.split(separator: "/").dropLast().joined(separator: "/")
    return ["PATH": "/\(folder):/usr/local/bin:/usr/bin:/bin"]
  }
}
