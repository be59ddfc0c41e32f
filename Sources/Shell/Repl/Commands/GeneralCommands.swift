extension PromptCommand {
  /// Help, and the way out.
  static let general = [
    PromptCommand(
      name: "why", argument: nil, help: "the last error, and what to do", lua: "print(mfsh.why())"
    ) { prompt, _ in Pager.show(prompt.runtime.why(width: OutputStream.width)) },
    PromptCommand(
      name: "help", argument: "[TOPIC]", help: "what there is, or about a topic", lua: "help()"
    ) { prompt, topic in prompt.help(topic) },
    PromptCommand(name: "quit", argument: nil, help: "leave; the session is logged out", lua: "os.exit()") {
      prompt, _ in prompt.isLeaving = true
    },
  ]
}

extension Prompt {
  fileprivate func help(_ topic: String) {
    if topic.isEmpty { return Pager.show(PromptCommandHelp.list) }
    if let command = PromptCommand.named(topic) { return Pager.show(PromptCommandHelp.text(of: command)) }
    if topic.hasPrefix("\\") { return OutputStream.error(PromptCommand.unknown(topic.dropFirst())) }
    let name = topic.hasSuffix("()") ? String(topic.dropLast(2)) : topic
    if let text = HelpTopics.text(name) { return Pager.show(text) }
    OutputStream.error(
      UsageError.unknownTopic(topic, known: HelpTopics.names + PromptCommand.all.map(\.name)).message)
  }
}

/// What `\help` says of the commands.
enum PromptCommandHelp {
  /// All of them, and where to go on: also the topic `commands`.
  static var list: String {
    let rows = PromptCommand.all.map { [$0.usage, $0.help, $0.lua] }
    let table = TextTable(headers: ["command", "what it does", "in Lua"], rows: rows).render(width: 80)
    return table + "\n\n" + """
      All else is Lua. help() shows what there is, \\help session.login tells of a function,
      \\help denied.vault of an error.

      """
  }

  static func text(of command: PromptCommand) -> String {
    "\(command.usage): \(command.help)\n\nIn Lua: \(command.lua)\n"
  }
}
