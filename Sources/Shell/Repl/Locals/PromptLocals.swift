import LuaKit

/// The locals of the prompt's outermost block, which outlive the statement that declares them.
///
/// A statement that declares or uses some is rewritten: it becomes a function whose upvalues are the variables of
/// earlier statements, and hands over its own right behind their declarations. So they are Lua's own variables:
/// functions capture them, a second `local` of the same name is another variable, and a global of that name is hidden.
final class PromptLocals {
  /// Names with whether they are constant.
  private(set) var isConstant: [String: Bool] = [:]

  /// The names, for completion.
  var names: [String] { isConstant.keys.sorted() }

  /// Takes in what a statement has declared, as far as it got.
  func update(from state: LuaState) { isConstant = state.keptLocals() }

  /// The statement as it is to be run.
  ///
  /// - Throws: a failure of the syntax, before any of it runs.
  func statement(
    _ code: String, chunkName: String, in state: LuaState
  ) throws(LuaFailure) -> PromptStatement {
    let statement = statement(code)
    guard statement.keeper != nil else { return statement }
    // Before the rewriting closes what is open.
    let sources = statement.sources.isEmpty ? [code] : statement.sources
    for source in sources + statement.pieces.map({ String(decoding: $0, as: UTF8.self) }) {
      if let message = state.syntaxError(source, chunkName: chunkName) {
        throw LuaFailure(kind: .syntax, message: message)
      }
    }
    return statement
  }

  /// - Parameter code: Lua that compiles, but for the number of its locals.
  func statement(_ code: String) -> PromptStatement {
    guard !isConstant.isEmpty || code.contains("local") else { return PromptStatement(plain: code) }
    let tokens = LuaToken.tokens(of: code).filter { $0.kind != .comment }
    let used = Set(tokens.lazy.filter { $0.kind == .name }.map(\.text))
    guard let locals = TopLevelLocals(tokens),
      !locals.declarations.isEmpty || !used.isDisjoint(with: isConstant.keys)
    else { return PromptStatement(plain: code) }
    return PromptStatement(code, tokens, locals, known: isConstant)
  }

  /// `_` and its kin always mean the last results; without its environment the prompt would be of no use.
  static func keeps(_ name: String) -> Bool {
    guard name.first == "_" else { return true }
    return name != "_ENV" && !name.dropFirst().allSatisfy(\.isNumber)
  }
}

/// A statement ready to be run, in pieces where it has more locals than Lua allows in one function.
struct PromptStatement {
  /// In their order; line numbers are those of the whole.
  private(set) var pieces: [[UInt8]] = []
  /// What was typed of each piece, where there are several.
  private(set) var sources: [String] = []
  /// The name by which the pieces keep locals; nil: there is one piece, and it is what was typed.
  let keeper: String?
  /// Whether locals are declared that the state has to be asked for afterwards.
  let declares: Bool
  /// The first variable that was declared with `<close>`.
  let closedName: String?

  /// What is said of a variable that was closed.
  static func hint(closed name: String) -> String {
    "\(name) <close> was closed with this statement: put what uses it into one do … end, or leave <close> out"
  }

  /// Lua's limit is 200, and a piece has those of earlier ones too.
  private static let limit = 90

  init(plain code: String) {
    pieces = [Array(code.utf8)]
    (keeper, declares, closedName) = (nil, false, nil)
  }

  init(_ code: String, _ tokens: [LuaToken], _ locals: TopLevelLocals, known: [String: Bool]) {
    closedName = locals.declarations.flatMap(\.names).first { $0.attribute == "close" }?.name
    declares = !locals.declarations.isEmpty
    var keeper = "keep_local"
    while tokens.contains(where: { $0.is(keeper) }) || known[keeper] != nil { keeper += "_" }
    self.keeper = keeper
    let mustBeWhole = closedName != nil || locals.hasLabel
    var rewriter = Rewriter(code: code, tokens: tokens, keeper: keeper, known: known)
    for declaration in locals.declarations {
      rewriter.add(declaration)
      if rewriter.count >= Self.limit, !mustBeWhole { rewriter.cut() }
    }
    pieces = rewriter.finish()
    if pieces.count > 1 { sources = rewriter.sources }
  }
}

private struct Rewriter {
  let code: String
  let tokens: [LuaToken]
  let keeper: String
  /// Those of earlier statements and pieces.
  var known: [String: Bool]

  private var declared: [String: Bool] = [:]
  private var text = ""
  private var pieces: [[UInt8]] = []
  private(set) var sources: [String] = []
  private var start: String.Index
  private var position: String.Index
  private var nextToken = 0
  /// How many variables the piece declares so far.
  private(set) var count = 0

  init(code: String, tokens: [LuaToken], keeper: String, known: [String: Bool]) {
    self.code = code
    self.tokens = tokens
    self.keeper = keeper
    self.known = known
    start = code.startIndex
    position = code.startIndex
  }

  mutating func add(_ declaration: TopLevelLocals.Declaration) {
    text += code[position..<declaration.end]
    position = declaration.end
    count += declaration.names.count
    for (name, attribute) in declaration.names where attribute != "close" && PromptLocals.keeps(name) {
      let isConstant = attribute == "const"
      declared[name] = isConstant
      let holder = "\(keeper)(\"\(name)\",function()return \(name) end,\(isConstant));"
      // A constant may be no variable at all: a copy is one.
      text += isConstant ? " do local \(name)=\(name) \(holder)end;" : " \(holder)"
    }
  }

  /// Ends a piece behind the last declaration.
  mutating func cut() {
    var used: Set<String> = []
    while nextToken < tokens.count, tokens[nextToken].range.lowerBound < position {
      if tokens[nextToken].kind == .name { used.insert(tokens[nextToken].text) }
      nextToken += 1
    }
    let above = String(repeating: "\n", count: code[..<start].utf8.count { $0 == 0x0A })
    let names = known.filter { used.contains($0.key) }.sorted { $0.key < $1.key }
    let list = names.map { $0.key + ($0.value ? " <const>" : "") } + [keeper]
    let prefix = "local \(list.joined(separator: ","))=... return function(...) "
    pieces.append(Array((above + prefix + text + "\nend").utf8))
    sources.append(above + code[start..<position])
    known.merge(declared) { $1 }
    (declared, text, count, start) = ([:], "", 0, position)
  }

  mutating func finish() -> [[UInt8]] {
    text += code[position...]
    position = code.endIndex
    cut()
    return pieces
  }
}
