extension PromptCommand {
  /// Help, and the way out.
  static let general = [
    PromptCommand(
      name: "why", argument: nil, help: "last error, in full", lua: "print(mfsh.why())"
    ) { prompt, _ in Pager.show(prompt.runtime.why(width: OutputStream.width)) },
    PromptCommand(
      name: "edit", argument: nil, help: "statement in $EDITOR", lua: "mfsh.edit()"
    ) { prompt, _ in prompt.edit() },
    PromptCommand(
      name: "save", argument: "FILE", help: "what ran, as a script", lua: "mfsh.save(\"FILE\")"
    ) { prompt, file in prompt.save(to: file, replaces: false) },
    PromptCommand(
      name: "save!", argument: "FILE", help: "the same over a file",
      lua: "mfsh.save(\"FILE\", {replace=true})"
    ) { prompt, file in prompt.save(to: file, replaces: true) },
    PromptCommand(
      name: "help", argument: "[TOPIC]", help: "what there is", lua: "help()"
    ) { prompt, topic in prompt.help(topic) },
    PromptCommand(name: "quit", argument: nil, help: "leave, and log out", lua: "os.exit()") {
      prompt, _ in prompt.isLeaving = true
    },
  ]
}

extension Prompt {
  fileprivate func edit() {
    do { try runtime.edits.ask(for: nil) } catch { OutputStream.error(error.message) }
  }

  fileprivate func save(to file: String, replaces: Bool) {
    do {
      OutputStream.write(try runtime.save(to: file, replaces: replaces) + "\n")
    } catch {
      OutputStream.error(error.message)
    }
  }

  fileprivate func help(_ topic: String) {
    let topic = topic.isEmpty ? "commands" : topic
    if let command = PromptCommand.named(topic) {
      return HelpPage.show(text: PromptCommandHelp.text(of: command))
    }
    if topic.hasPrefix("\\") { return OutputStream.error(PromptCommand.unknown(topic.dropFirst())) }
    let name = topic.hasSuffix("()") ? String(topic.dropLast(2)) : topic
    if let text = HelpTopics.text(name) { return HelpPage.show(text: text) }
    OutputStream.error(
      UsageError.unknownTopic(topic, known: HelpTopics.names + PromptCommand.all.map(\.name)).message)
  }
}

/// What `\help` says of the commands.
enum PromptCommandHelp {
  /// All of them, for the topic `commands`.
  static var table: String {
    let rows = PromptCommand.all.map { [$0.usage, $0.help, $0.lua] }
    return TextTable(headers: ["command", "what it does", "in Lua"], rows: rows).render(width: 80)
  }

  static func text(of command: PromptCommand) -> String {
    "\(command.usage): \(command.help)\n\nIn Lua: \(command.lua)\n"
  }
}
