import LuaKit

/// The statements of the prompt that ran without an error, in their order.
///
/// Used on the main thread only.
final class StatementLog: @unchecked Sendable {
  struct Entry: Sendable {
    /// The statement as it was typed; the Lua that does what a command did.
    let text: String
    /// What it gave first; nil: nothing.
    let result: LuaView?
  }

  private(set) var entries: [Entry] = []
  private var bytes = 0
  /// Whether there were more than are kept.
  private(set) var isFull = false

  /// How many are kept, and how many bytes they may have together.
  private static let limit = (count: 10_000, bytes: 8 << 20)

  func add(_ text: String, result: LuaView?) {
    guard !isFull, !Self.concernsThePromptOnly(text) else { return }
    guard entries.count < Self.limit.count, bytes + text.utf8.count <= Self.limit.bytes else {
      isFull = true
      return
    }
    bytes += text.utf8.count
    entries.append(Entry(text: text, result: result))
  }

  /// Help, saving and editing mean nothing in a script.
  private static func concernsThePromptOnly(_ text: String) -> Bool {
    let tokens = LuaToken.tokens(of: text)
    if tokens.first?.is("help") == true { return true }
    return ["save", "edit"].contains { name in tokens.starts(with: ["mfsh", ".", name]) { $0.is($1) } }
  }
}
