import TestSupport
import Testing

/// Answers without the line that says how long the statement took: on a busy machine each may take long enough.
extension PseudoTerminal {
  /// The last row above the prompt.
  var answer: String? { screen.rowsButDurations.dropLast().last }

  /// Types a statement and waits until the prompt is back, with the text right above it.
  @discardableResult
  func type(
    _ line: String, untilLast text: String, above prompt: String = "mfsh> ",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    send(line + Key.enter)
    return try showLast(text, above: prompt, sourceLocation: sourceLocation)
  }

  /// Waits for the prompt, with the text right above it. How long the statement took may stand between them.
  @discardableResult
  func showLast(
    _ text: String, above prompt: String = "mfsh> ", sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let shown = try show(prompt).withoutDurations
    #expect(shown.hasSuffix("\(text)\n\(prompt)"), "\(shown)", sourceLocation: sourceLocation)
    return shown
  }
}

extension String {
  /// The text without the lines that say how long a statement took.
  var withoutDurations: String {
    split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      .filter { !ScreenVariables.isDuration($0) }.joined(separator: "\n")
  }
}

extension TerminalScreen {
  /// The rows without those that say how long a statement took.
  var rowsButDurations: [String] { rows.filter { !ScreenVariables.isDuration($0) } }
}
