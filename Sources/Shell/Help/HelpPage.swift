/// Shows texts of the help: a screen at a time on a terminal, as they are elsewhere.
enum HelpPage {
  /// Shows a topic, such as `session.use` or `\use`, or the start page.
  static func show(_ topic: String?) throws(UsageError) {
    guard let text = HelpTopics.text(topic) else {
      let topic = topic ?? ""
      let isCommand = topic.hasPrefix("\\")
      let known = isCommand ? PromptCommand.all.map { "\\\($0.name)" } : HelpTopics.names
      throw .unknownTopic(topic, known: known)
    }
    show(text: text)
  }

  /// Shows a text; lines that the terminal has no room for are laid out anew.
  static func show(text: String) {
    guard OutputStream.isTerminal else { return OutputStream.write(text) }
    Pager.show(HelpLayout.fitted(text, width: OutputStream.width))
  }
}
