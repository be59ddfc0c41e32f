import LineEditing

/// What is what in a statement or command that is being typed.
final class Highlighter {
  /// Longer texts stay plain: looking through them would hold up the key.
  static let limit = 100_000

  private let commands: [PromptCommand]
  private let globalNames: () -> Set<String>
  private var typed = TypedTokens()
  /// As they were when the statement was begun.
  private var knownNames: Set<String>?

  /// - Parameter globalNames: asked once for each statement.
  init(commands: [PromptCommand] = PromptCommand.all, globalNames: @escaping () -> Set<String>) {
    self.commands = commands
    self.globalNames = globalNames
  }

  /// - Parameter cursor: nil leaves brackets unmarked.
  func spans(_ text: [UInt32], cursor: Int?) -> [TextSpan] {
    if text.isEmpty { knownNames = nil }
    guard text.count <= Self.limit else { return [] }
    if let command = command(text) { return command }
    typed.update(to: text) { name in
      let known = knownNames ?? globalNames()
      knownNames = known
      return known.contains(name)
    }
    let brackets = BracketPairs(typed.tokens, cursor: cursor)
    var isField = false
    return typed.tokens.indices.compactMap { index in
      let token = typed.tokens[index]
      defer { isField = token.kind == .selector }
      return (brackets.kind(of: index) ?? Self.kind(of: token, isField: isField))
        .map { TextSpan(token.range, $0) }
    }
  }

  private static func kind(of token: TypedToken, isField: Bool) -> TextSpan.Kind? {
    switch token.kind {
    case .keyword: .keyword
    case .number: .number
    case .comment: .comment
    case .name(let known): known && !isField ? .knownName : nil
    case .string(let isClosed): isClosed ? .string : .openString
    case .symbol, .opening, .closing, .selector: nil
    }
  }

  /// `\name`, once it can only be a mistake as one; nil for Lua.
  private func command(_ text: [UInt32]) -> [TextSpan]? {
    let isBlank = { (scalar: UInt32) in scalar == 0x20 || (0x09...0x0D).contains(scalar) }
    guard let start = text.firstIndex(where: { !isBlank($0) }), text[start] == 0x5C else { return nil }
    let end = text[start...].firstIndex(where: isBlank) ?? text.count
    let name = text[(start + 1)..<end]
    if commands.contains(where: { $0.name.unicodeScalars.map(\.value) == Array(name) }) {
      return [TextSpan(start..<end, .keyword)]
    }
    let mayGoOn =
      end == text.count && commands.contains { $0.name.unicodeScalars.map(\.value).starts(with: name) }
    return mayGoOn ? [] : [TextSpan(start..<end, .mistake)]
  }
}
