import LuaKit
import MFWS

/// The name that somebody most likely meant whose statement failed because a variable or a field is nil.
struct MissingName {
  private enum Kind: String {
    case global, field, method
  }

  private let kind: Kind
  private let name: String

  /// From the end of Lua's message, `(field 'lgin')`; nil when it names nothing.
  init?(message: Substring) {
    guard message.hasSuffix("')"), let start = message.lastIndex(of: "(") else { return nil }
    let words = message[message.index(after: start)...].dropLast(2).split(separator: " '")
    guard words.count == 2, let kind = Kind(rawValue: String(words[0])) else { return nil }
    self.kind = kind
    name = String(words[1])
  }

  /// What to do: the name as it would be written, such as `session.login`, or where those of one of our modules are
  /// listed; nil: nothing is near.
  ///
  /// - Parameter members: the names below a value; it runs no code.
  func remedy(in code: String, members: ([LuaMembers.Step]) -> LuaMembers) -> String? {
    guard kind != .global else { return nearestName([], members).map(Self.question) }
    for token in LuaToken.tokens(of: code) where token.kind == .name && token.text == name {
      guard let text = CompletionText(String(code[..<token.range.lowerBound])),
        let mark = text.tokens.last?.text, mark == "." || mark == ":",
        let path = text.path(before: text.tokens.count - 1)
      else { continue }
      let parent = Self.spelling(path)
      if let near = nearestName(path, members) { return Self.question(parent + mark + near) }
      return HelpTopics.members(of: parent).isEmpty ? nil : "help(\(parent)) lists what there is"
    }
    return nil
  }

  private static func question(_ name: String) -> String { "did you mean \(name)?" }

  private func nearestName(_ path: [LuaMembers.Step], _ members: ([LuaMembers.Step]) -> LuaMembers) -> String?
  {
    let names = members(path).members.compactMap { LuaLiteral.name(.string($0.name)) }
    return nearest(to: name, in: names.sorted().filter { $0 != name })
  }

  private static func spelling(_ path: [LuaMembers.Step]) -> String {
    path.reduce("") { text, step in
      switch step {
      case .name(let bytes): (text.isEmpty ? "" : "\(text).") + String(decoding: bytes, as: UTF8.self)
      case .index(let index): "\(text)[\(index)]"
      }
    }
  }
}
