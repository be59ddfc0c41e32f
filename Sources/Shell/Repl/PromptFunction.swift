import LuaKit

/// `mfsh.prompt`: the user's own function that makes the prompt of the state.
///
/// It runs before each prompt, so it must not hold it up: it cannot wait, and has 50 ms to compute. One that fails is told
/// of once and not called again.
final class PromptFunction {
  private static let seconds = 0.05

  private let runtime: Runtime
  private let runner: StatementRunner
  /// What `tostring` says of the one that failed.
  private var broken: String?

  init(_ runtime: Runtime, _ runner: StatementRunner) {
    self.runtime = runtime
    self.runner = runner
  }

  /// The prompt, safe to show; nil: there is no function that works.
  func text(_ state: PromptState, columns: Int) -> String? {
    guard let function else { return nil }
    guard case .other("function", let name) = function else {
      return complain("it must be a function, such as function(state) return \"> \" end", of: "another value")
    }
    guard name != broken else { return nil }
    do {
      guard let bytes = try call(state) else { return complain("it must return a string", of: name) }
      broken = nil
      return PromptFunctionText.shown(bytes, columns: columns - Self.leftColumns)
    } catch let failure as LuaFailure where failure.kind == .stopped {
      return nil
    } catch let failure as LuaFailure {
      return complain(failure.line, of: name)
    } catch {
      return complain("\(error)", of: name)
    }
  }

  /// Columns that are left to type in.
  private static let leftColumns = 20

  private func complain(_ message: String, of name: String) -> String? {
    if broken != name {
      OutputStream.error("mfsh.prompt: \(StatementReport.placed(message)) (the usual prompt comes instead)")
    }
    broken = name
    return nil
  }

  /// What `mfsh.prompt` is; nil when it is nil.
  private var function: LuaView? {
    let view = try? run("return mfsh and mfsh.prompt", []) { $0.view(1) }
    guard let view, view != .nothing, view != .bool(false) else {
      broken = nil
      return nil
    }
    return view
  }

  private func call(_ state: PromptState) throws -> [UInt8]? {
    try run("return mfsh.prompt(...)", [state.value]) { results in
      switch results.view(1) {
      case .string(let bytes): bytes
      default: nil
      }
    }
  }

  private func run<Result>(
    _ code: String, _ arguments: [LuaValue], _ body: (LuaResults) throws -> Result
  ) throws -> Result {
    try runner.guarded {
      try runtime.scheduler.runAtOnce(
        Array(code.utf8), chunkName: "=mfsh.prompt", arguments: arguments, seconds: Self.seconds,
        results: body)
    }
  }
}

extension PromptState {
  /// The table that the function gets.
  fileprivate var value: LuaValue {
    let texts = [("user", user), ("vault", vault), ("url", url), ("profile", profile), ("ended", ending)]
    var fields: [(key: String, value: LuaValue)] = texts.compactMap { key, text in
      text.map { (key, .string($0)) }
    }
    if let statement { fields.append(("statement", .integer(Int64(statement)))) }
    if let secondsLeft { fields.append(("expires_in", .integer(Int64(max(0, secondsLeft))))) }
    return .table(fields + [("production", .bool(isProduction)), ("locked", .bool(isLocked))])
  }
}

/// What a prompt function returned, made safe to show.
enum PromptFunctionText {
  /// Without control characters, except for SGR sequences (`ESC [ … m`), and cut to a width.
  static func shown(_ bytes: [UInt8], columns: Int) -> String {
    var result = "", used = 0, hasStyle = false
    var rest = String(decoding: bytes.prefix(limit), as: UTF8.self)[...]
    while let character = rest.first {
      if let style = rest.prefixMatch(of: #/\u{1B}\[[0-9;:]*m/#) {
        result += style.output
        hasStyle = true
        rest = rest[style.range.upperBound...]
        continue
      }
      rest.removeFirst()
      let text = TerminalText.line(String(character))
      guard text == String(character) else { continue }
      let columnsOfText = TerminalText.width(text)
      guard used + columnsOfText <= max(columns, shortest) else { continue }
      used += columnsOfText
      result += text
    }
    return hasStyle ? result + "\u{1B}[0m" : result
  }

  /// Bytes that are looked at.
  private static let limit = 4096
  /// Columns that it has on the narrowest terminal.
  private static let shortest = 10
}
