import LineEditing
import LuaKit

/// Completes what is typed at the prompt, and hints at the call around the cursor.
struct Completer {
  /// Longer texts are left alone: looking through them would hold up the key.
  static let limit = 100_000

  let source: CompletionSource
  private let commands: [PromptCommand]

  init(_ source: CompletionSource, commands: [PromptCommand] = PromptCommand.all) {
    self.source = source
    self.commands = commands
  }

  /// For the editor.
  var helpers: LineEditor.Helpers {
    LineEditor.Helpers(complete: { complete($0, $1) }, hint: { hint($0, $1) })
  }

  /// What Tab does with the cursor behind so many Unicode scalars; nil: nothing fits.
  func complete(_ text: String, _ cursor: Int) -> Completion? {
    let scalars = text.unicodeScalars
    guard scalars.count <= Self.limit else { return nil }
    let before = String(scalars.prefix(cursor)), after = String(scalars.dropFirst(cursor))
    if let words = commandWords(before) ?? helpWords(before) {
      return CompletionCandidate.completion(
        of: words.candidates, typed: words.typed, cursor: cursor, spelling: .plain)
    }
    guard let scanned = CompletionText(before), let context = CompletionContext(scanned) else { return nil }
    if let string = scanned.string {
      let ending = after.hasPrefix(string.closing) ? "" : string.closing
      return CompletionCandidate.completion(
        of: strings(context, typed: string, ending: ending), typed: string.content, cursor: cursor,
        spelling: .string(quote: string.quote))
    }
    return CompletionCandidate.completion(
      of: candidates(context, typed: scanned.word, after: after), typed: scanned.word, cursor: cursor,
      spelling: .plain)
  }

  // MARK: commands

  private typealias Words = (candidates: [CompletionCandidate], typed: String)

  /// `\name` and what follows it.
  private func commandWords(_ before: String) -> Words? {
    let line = before.drop(while: \.isWhitespace)
    guard line.first == "\\" else { return nil }
    let name = line.dropFirst().prefix { !$0.isWhitespace }
    guard name.endIndex < line.endIndex else {
      let candidates = commands.map {
        CompletionCandidate($0.name, ending: $0.argument == nil ? "" : " ", detail: $0.help)
      }
      return (candidates, String(name))
    }
    let typed = String(line[name.endIndex...].drop(while: \.isWhitespace))
    let command = commands.first { $0.name == name }
    return (candidates(argument: command?.argument ?? "", typed: typed), typed)
  }

  /// By the word that stands for the argument in the command's help.
  private func candidates(argument: String, typed: String) -> [CompletionCandidate] {
    let word = argument.filter { $0 != "[" && $0 != "]" }
    switch word {
    case "VAULT": return vaults(typed: typed, ending: "")
    case "TOPIC": return topics(ending: "")
    case "FILE": return filesOfCommand(typed: Array(typed.utf8))
    default:
      return word.contains("|") ? word.split(separator: "|").map { CompletionCandidate(String($0)) } : []
    }
  }

  /// `help name`, which the prompt takes without quotes.
  private func helpWords(_ before: String) -> Words? {
    guard before.hasPrefix("help ") else { return nil }
    let typed = before.dropFirst("help ".count).drop { $0 == " " }
    let isName = typed.utf8.allSatisfy { $0 == 0x2E || $0 == 0x5F || (0x61...0x7A).contains($0) }
    return isName ? (topics(ending: ""), String(typed)) : nil
  }

  // MARK: code

  private func candidates(_ context: CompletionContext, typed: String, after: String) -> [CompletionCandidate]
  {
    switch context {
    case .name(let locals): return names(locals, typed: typed)
    case .member(let path, let isMethod): return members(path, isMethod: isMethod, typed: typed)
    case .argumentName(let call, let given):
      guard let function = arguments(of: call) else { return names([], typed: typed) }
      let given = given.union(CompletionText.names(givenIn: after))
      return function.arguments.filter { !given.contains($0.name) }.map {
        CompletionCandidate($0.name, ending: "=", detail: function.meaning(of: $0))
      }
    case .argumentValue(let call, let name):
      let words = arguments(of: call)?.arguments.first { $0.name == name }.map { self.values($0.value) } ?? []
      let fitting = words.filter { $0.name.starts(with: typed.utf8) }
      return fitting.isEmpty && !typed.isEmpty ? names([], typed: typed) : fitting
    case .firstArgument(let call, let locals):
      let texts = texts(for: call)
      return texts.isEmpty ? names(locals, typed: typed) : texts
    case .stringArgument, .key: return []
    }
  }

  /// What a function takes, with the quotes that are not typed yet; none: it may take anything.
  private func texts(for call: CompletionCall) -> [CompletionCandidate] {
    switch functionName(call) {
    case "session.use", "session:use": values(.vault)
    default: []
    }
  }

  private func names(_ locals: Set<String>, typed: String) -> [CompletionCandidate] {
    let globals = visible(source.members([]).members, typed: typed).map {
      String(decoding: $0.name, as: UTF8.self)
    }
    return locals.union(globals).union(LuaLiteral.keywords).sorted().map { CompletionCandidate($0) }
  }

  private func members(_ path: [LuaMembers.Step], isMethod: Bool, typed: String) -> [CompletionCandidate] {
    let found = source.members(path)
    let call = CompletionCall(path: path, method: nil, position: 0)
    let owner = found.className.isEmpty ? call.dottedName ?? "" : found.className
    let members = visible(found.members, typed: typed).filter { !isMethod || $0.kind != .property }
    return members.sorted { one, other in
      if isMethod, (one.kind == .function) != (other.kind == .function) { return one.kind == .function }
      return one.name.lexicographicallyPrecedes(other.name)
    }.map { member in
      let name = String(decoding: member.name, as: UTF8.self)
      return CompletionCandidate(name, detail: CallHint.meaning(of: "\(owner).\(name)"))
    }
  }

  /// What can be written as a name; what begins with `_` only when that is typed.
  private func visible(_ members: [LuaMembers.Member], typed: String) -> [LuaMembers.Member] {
    members.filter { member in
      LuaLiteral.name(.string(member.name)) != nil && (member.name.first != 0x5F || typed.hasPrefix("_"))
    }
  }

  private func values(_ value: NamedArguments.Value) -> [CompletionCandidate] {
    let quoted = { (words: [String]) in words.map { CompletionCandidate(LuaLiteral.string(Array($0.utf8))) } }
    let flags = [CompletionCandidate("true"), CompletionCandidate("false")]
    switch value {
    case .any, .file: return []
    case .flag: return flags
    case .choice(let words): return quoted(words)
    case .flagOrChoice(let words): return flags + quoted(words)
    case .vault: return quoted(source.vaults().map(\.name))
    case .secret:
      return [("secret.ask", "()"), ("secret.env", "(\""), ("secret.file", "(\""), ("secret.command", "{\"")]
        .map {
          CompletionCandidate($0.0 + $0.1, detail: CallHint.meaning(of: $0.0))
        }
    }
  }

  // MARK: strings

  private func strings(
    _ context: CompletionContext, typed: CompletionText.OpenString, ending: String
  ) -> [CompletionCandidate] {
    let name = CompletionSpelling.string(quote: typed.quote).name(typed.content)
    switch context {
    case .key(let path):
      return source.members(path).members.map(\.name).sorted { $0.lexicographicallyPrecedes($1) }.map {
        CompletionCandidate(name: $0, ending: ending.isEmpty ? "" : ending + "]")
      }
    case .argumentValue(let call, let key):
      switch arguments(of: call)?.arguments.first(where: { $0.name == key })?.value {
      case .choice(let words)?, .flagOrChoice(let words)?:
        return words.map { CompletionCandidate($0, ending: ending) }
      case .vault?: return vaults(typed: typed.content, ending: ending)
      case .file?: return files(typed: name, ending: ending)
      default: return []
      }
    case .stringArgument(let call):
      switch functionName(call) {
      case "session.use", "session:use": return vaults(typed: typed.content, ending: ending)
      case "help": return topics(ending: ending)
      case "dofile", "loadfile", "io.open", "io.lines", "io.input", "io.output", "secret.file", "mfsh.save":
        return files(typed: name, ending: ending)
      default: return []
      }
    default: return []
    }
  }

  /// Names; GUIDs where a name has several, which are found by it too, or where one is being typed.
  private func vaults(typed: String, ending: String) -> [CompletionCandidate] {
    let vaults = source.vaults()
    let counts = Dictionary(grouping: vaults, by: \.name).mapValues(\.count)
    return vaults.filter { counts[$0.name] == 1 && !typed.hasPrefix("{") }.map {
      CompletionCandidate($0.name, ending: ending, detail: $0.guid)
    }
      + vaults.filter { counts[$0.name] != 1 || typed.hasPrefix("{") }.map {
        CompletionCandidate(
          name: Array($0.guid.utf8), typedAs: typed.hasPrefix("{") ? nil : Array($0.name.utf8),
          ending: ending,
          detail: $0.name)
      }
  }

  private func topics(ending: String) -> [CompletionCandidate] {
    Set(HelpTopics.names).sorted().map { CompletionCandidate($0, ending: ending) }
  }

  private func files(typed: [UInt8], ending: String) -> [CompletionCandidate] {
    let folder = typed.lastIndex(of: 0x2F).map { Array(typed[...$0]) } ?? []
    let start = typed.dropFirst(folder.count)
    return source.files(folder).filter { $0.first != 0x2E || start.first == 0x2E }
      .sorted { $0.lexicographicallyPrecedes($1) }.map { name in
        CompletionCandidate(name: folder + name, ending: name.last == 0x2F ? "" : ending, shown: name)
      }
  }

  /// A command's, where `~` is the home folder.
  private func filesOfCommand(typed: [UInt8]) -> [CompletionCandidate] {
    guard typed.starts(with: "~/".utf8), let home = Environment.value("HOME") else {
      return files(typed: typed, ending: "")
    }
    let prefix = Array(home.utf8) + [0x2F]
    return files(typed: prefix + typed.dropFirst(2), ending: "").map {
      CompletionCandidate(name: Array("~/".utf8) + $0.name.dropFirst(prefix.count), shown: $0.shown)
    }
  }

  // MARK: calls

  private func arguments(of call: CompletionCall) -> NamedArguments? {
    guard let name = functionName(call), let arguments = NamedArguments.of(name) else { return nil }
    return arguments.position == 0
      ? (call.position == 0 ? arguments : nil)
      : call.position >= arguments.position ? arguments : nil
  }

  /// `session.use`, or `session:use` by the object's class; an object that is not known is taken for a session.
  func functionName(_ call: CompletionCall) -> String? {
    guard let method = call.method else { return call.dottedName }
    let className = call.path.map { source.members($0).className } ?? ""
    return "\(className.isEmpty ? "session" : className):\(method)"
  }
}
