import LuaKit
import MFWS

/// What somebody most likely meant whose statement failed because a variable or a field is nil, or is a function that was
/// not called.
struct MissingName {
  private enum Kind: String {
    case global, field, method
  }

  private let kind: Kind
  private let name: String
  /// Whether it is a function whose result was meant.
  private let isFunction: Bool
  private let isCalled: Bool

  /// From the end of Lua's message, `(field 'lgin')`; nil when it names nothing.
  init?(message: Substring) {
    guard message.hasSuffix("')"), let start = message.lastIndex(of: "(") else { return nil }
    let words = message[message.index(after: start)...].dropLast(2).split(separator: " '")
    guard words.count == 2, let kind = Kind(rawValue: String(words[0])) else { return nil }
    self.kind = kind
    name = String(words[1])
    isFunction = message.contains("attempt to index a function value")
    isCalled = message.contains("attempt to call")
  }

  /// What to type instead; nil: nobody knows.
  ///
  /// - Parameter members: the names below a value; it runs no code.
  func advice(in code: String, members: ([LuaMembers.Step]) -> LuaMembers) -> String? {
    if isFunction { return place(in: code).map { "it is called with brackets, \($0.path)\(name)()" } }
    if kind == .global, isCalled, let word = FamiliarWord.typed(name) { return word.statement }
    let near =
      suggestion(in: code, members: members)
      ?? (kind == .global ? HelpTopics.functions.first { $0.name.hasSuffix(".\(name)") }?.name : nil)
    return near.map { "did you mean \($0)?" } ?? listing(in: code)
  }

  /// Where the names of one of our modules are listed; nil: it is none.
  private func listing(in code: String) -> String? {
    guard kind != .global, let module = place(in: code)?.path.dropLast() else { return nil }
    return HelpTopics.members(of: String(module)).isEmpty ? nil : "help(\(module)) lists what there is"
  }

  /// What stands in front of the name, such as `session.`.
  private func place(in code: String) -> (path: String, steps: [LuaMembers.Step])? {
    if kind == .global { return ("", []) }
    for token in LuaToken.tokens(of: code) where token.kind == .name && token.text == name {
      guard let text = CompletionText(String(code[..<token.range.lowerBound])),
        let mark = text.tokens.last?.text, mark == "." || mark == ":",
        let path = text.path(before: text.tokens.count - 1)
      else { continue }
      let spelling = Self.spelling(path)
      // Functions of our modules refuse a colon.
      return (spelling + (HelpTopics.members(of: spelling).isEmpty ? mark : "."), path)
    }
    return nil
  }

  /// The name as it would be written, such as `session.login`; nil: nothing is near.
  private func suggestion(in code: String, members: ([LuaMembers.Step]) -> LuaMembers) -> String? {
    guard let (path, steps) = place(in: code) else { return nil }
    return nearestName(steps, members).map { path + $0 }
  }

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
