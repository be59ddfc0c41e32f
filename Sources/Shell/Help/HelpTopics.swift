import LineEditing
import MFWS

/// The texts of `help` at the prompt and of `mfsh help TOPIC`.
enum HelpTopics {
  /// The names that have a text.
  static var names: [String] { summaries.map(\.name) }

  /// All names with what they are in a few words.
  static var summaries: [(name: String, summary: String)] {
    CommandSpec.all.map { ($0.name, $0.help) }
      + (modules.filter { CommandSpec.named($0.name) == nil } + guides + functions).map {
        ($0.name, String($0.summary))
      }
      + ErrorTopic.all.map { ($0.code.rawValue, $0.meaning) }
  }

  static let modules = HelpFiles.modules.map { HelpTopic($0) }
  static let functions = HelpFiles.functions.map(topic)
  static let guides = HelpFiles.guides.map(topic)

  private static func topic(_ file: HelpFiles.Text) -> HelpTopic {
    HelpTopic(name: file.name, text: filled(HelpTopic(file).text))
  }

  /// The text of a topic, or the start page; nil when there is no such topic.
  static func text(_ name: String?) -> String? {
    guard let name else { return start }
    if name.hasPrefix("\\") { return PromptCommand.named(name).map(PromptCommandHelp.text) }
    let module = modules.first { $0.name == name }.map(page)
    if let command = HelpText.command(name) { return command + (module.map { "\nIn Lua:\n\n\($0)" } ?? "") }
    if let module { return module }
    if let error = ErrorTopic.all.first(where: { $0.code.rawValue == name }) { return error.text }
    return (guides + functions).first { $0.name == name }?.text
  }

  /// The start page of the prompt.
  static var start: String { filled(String(decoding: HelpFiles.start, as: UTF8.self)) }

  /// The names of Lua in a module.
  static func members(of module: String) -> [HelpTopic] {
    functions.filter { $0.name.hasPrefix(module + ".") }
  }

  /// A module's page lists its functions.
  private static func page(of module: HelpTopic) -> String {
    let members = members(of: module.name)
    let list = rows(members.map { (String($0.call), String($0.summary)) })
    let notes = module.rest.isEmpty ? "" : "\n\(module.rest)"
    let example = members.first.map { "\nhelp(\($0.name)) tells more.\n" } ?? ""
    return "\(module.headline)\n\n\(list)\n\(notes)\(example)"
  }

  /// The text with what follows from tables in its places.
  private static func filled(_ text: String) -> String {
    var text = text
    for (place, content) in tables where text.contains(place) {
      text = text.replacing(place, with: content())
    }
    return text
  }

  private static let tables: [(place: String, content: @Sendable () -> String)] = [
    ("{modules}", { rows(modules.map { ($0.name, String($0.summary)) }) }),
    ("{guides}", { rows(guides.map { ("help \"\($0.name)\"", String($0.summary)) }) }),
    ("{keys}", { keys }),
    ("{commands}", { PromptCommandHelp.table }),
    ("{codes}", { rows(ErrorTopic.all.map { ($0.code.rawValue, $0.meaning) }) }),
    ("{settings}", { settings }),
    ("{check options}", { checkOptions }),
  ]

  private static var settings: String {
    let rows = SettingKey.allCases.map {
      [$0.rawValue, $0.options.joined(separator: " "), $0.variable ?? ""]
    }
    return TextTable(headers: ["key", "option", "variable"], rows: rows).render(width: 78)
      .split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
  }

  private static var keys: String {
    let rows = KeyMeaning.all.map { [$0.keys, $0.vi, $0.meaning] }
    return TextTable(headers: ["key", "in vi's command mode", "what it does"], rows: rows).render(width: 80)
  }

  private static var checkOptions: String {
    rows(OptionSpec.checkRun.map { ($0.argumentName, OptionSpelling.inLua($0.help)) })
  }

  /// Two columns, without a line end at the end.
  private static func rows(_ rows: [(String, String)]) -> String {
    String(HelpText.table(rows, indent: "  ").dropLast())
  }
}
