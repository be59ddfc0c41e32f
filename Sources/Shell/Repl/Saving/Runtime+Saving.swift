import FoundationEssentials
import LuaKit
import MFWS

extension Runtime {
  /// Writes the statements of the prompt as a script.
  ///
  /// - Returns: what to tell of it: how many there are, and why the script needs an eye first.
  /// - Throws: `UsageError` when there is nothing to save, or the file cannot be written.
  func save(to name: String, replaces: Bool) throws(UsageError) -> String {
    guard !statements.entries.isEmpty else {
      throw UsageError("no statement of the prompt has run without an error yet: there is nothing to save")
    }
    let file = ScriptFile(name)
    let script = SavedScript(head: head(of: file.path), entries: statements.entries) { [state] text in
      state.syntaxError(text, chunkName: "=prompt") == nil
    }
    let text = script.text
    try file.write(text, replaces: replaces)
    let count = statements.entries.count
    var report = "\(count) statement\(count == 1 ? "" : "s") saved in \(file.path)"
    if statements.isFull { report += "; what came after them was too much to keep" }
    let code = String(decoding: LuaSourceFile.code(Array(text.utf8)), as: UTF8.self)
    if let error = state.syntaxError(code, chunkName: "=\(file.path)") {
      report += "\nit does not run as it is: \(error)"
    }
    return report
  }

  private func head(of path: String) -> [String] {
    let server = defaultSession?.session.url ?? connection[text: .url]
    let day = Date().formatted(.iso8601.year().month().day())
    let options = optionsToRepeat
    return ["A session of mfsh \(Version.number)\(server.map { " with \($0)" } ?? ""), saved on \(day)."]
      + (options.isEmpty
        ? [] : ["Run it with: mfsh \((options + [path]).map(Self.shellWord).joined(separator: " "))"])
  }

  /// The options by which this run got to its server.
  private var optionsToRepeat: [String] {
    var words = settings.usesSandbox ? ["--sandbox"] : []
    if let profileName { words += ["--profile", profileName] }
    return words + connection.optionWords(withURL: !settings.usesSandbox)
  }

  /// The login that the prompt made at its start, as a script makes it: with what options and environment said, without
  /// secrets. What a profile says comes from the profile again.
  var loginStatement: String {
    let fields = connection.plainLoginValues(withURL: !settings.usesSandbox).map {
      "\($0.key.rawValue) = \($0.value)"
    }
    return "session.login{\(fields.joined(separator: ", "))}"
  }

  private static func shellWord(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "_./:@%+=,-[]".utf8.contains(byte)
        }
      }
    return isPlain ? text : "'" + text.replacing("'", with: "'\\''") + "'"
  }

  /// Tells Lua of it.
  func registerSave() throws {
    try state.register("mfsh.save") { [unowned self] call in
      let keys = NamedArguments.names(of: "mfsh.save")
      let replaces = try ArgumentTable(call, 2, of: "mfsh.save", keys: keys).bool("replace") ?? false
      do throws(UsageError) {
        return .result(.string(try save(to: try path(call), replaces: replaces)))
      } catch {
        throw LuaError.usage("mfsh.save: \(error.message)")
      }
    }
  }

  private func path(_ call: borrowing LuaCall) throws(UsageError) -> String {
    do throws(LuaError) { return try call.string(1, "mfsh.save") } catch {
      throw UsageError("give a file's name")
    }
  }
}

extension ConnectionSettings {
  /// The values that options and environment give to a login, as Lua writes them; no secrets.
  fileprivate func plainLoginValues(withURL: Bool) -> [(key: SettingKey, value: String)] {
    SettingKey.arguments.filter { withURL || $0 != .url }.compactMap { key in
      guard let source = sources.first(where: { $0.values[key] != nil }), !source.isProfile,
        let value = source.values[key].flatMap(Self.literal)
      else { return nil }
      return (key, value)
    }
  }

  private static func literal(_ value: SettingValue) -> String? {
    switch value {
    case .text(let text): LuaLiteral.string(Array(text.utf8))
    case .flag(let flag): flag ? "true" : "false"
    case .number(let number): LuaLiteral.number(number)
    case .list, .secret, .aliases: nil
    }
  }

  /// The words of a command line that say what the options said.
  fileprivate func optionWords(withURL: Bool) -> [String] {
    guard let options = sources.first(where: { $0.kind == .options }) else { return [] }
    return OptionSpec.main.flatMap { spec -> [String] in
      guard let key = spec.setting, withURL || key != .url, let value = options.values[key] else { return [] }
      guard spec.value != nil else { return spec.says(value, "") ? [spec.name] : [] }
      return Self.words(value).filter { spec.says(value, $0) || value.isList }.flatMap { [spec.name, $0] }
    }
  }

  private static func words(_ value: SettingValue) -> [String] {
    switch value {
    case .text(let text): [text]
    case .number(let number): [number == number.rounded() ? "\(Int(number))" : "\(number)"]
    case .list(let texts): texts
    case .flag, .secret, .aliases: []
    }
  }
}

extension SettingValue {
  fileprivate var isList: Bool { if case .list = self { true } else { false } }
}

extension OptionSpec {
  /// Whether the option with this word sets this value.
  fileprivate func says(_ value: SettingValue, _ word: String) -> Bool {
    var parsed = ParsedCommandLine()
    guard let setting, (try? effect(&parsed, word)) != nil else { return false }
    return parsed.settings.connection[setting] == value
  }
}
