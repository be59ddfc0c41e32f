import TestSupport
import Testing

/// The prompt in a terminal that breaks long lines anew when its width changes.
@Suite(.needs(Tmux.self), .timeLimit(.minutes(30)))
struct ReflowTests {
  private static let prompt = "editor@Sample Vault> "

  /// Rows that end in a blank, wide characters that leave a column free, and text that fills its rows.
  private static let statements = [
    #"local a = {"# + String(repeating: #""abcdefgh", "#, count: 11) + #""ab"#,
    #"local b = ""# + String(repeating: "日本語テスト", count: 12),
    "local c = " + String(repeating: "0123456789", count: 13),
    "local d =\n  " + String(repeating: "0123456789", count: 13) + "\n + "
      + String(repeating: "9 ", count: 40),
  ]

  @Test(
    arguments: statements,
    [[40, 200], [51, 131, 30], [24, 80], [60, 59, 58, 57, 200], [90, 91, 92, 70, 60, 40, 60, 70]])
  func aStatementIsShownOnce(statement: String, widths: [Int]) throws {
    try resize(Shell(), to: widths, under: statement)
  }

  @Test(arguments: statements) func withoutColoursToo(statement: String) throws {
    var shell = try Shell()
    shell.environment["NO_COLOR"] = "1"
    try resize(shell, to: [60, 91, 70, 40, 60], under: statement)
  }

  private func resize(_ shell: Shell, to widths: [Int], under statement: String) throws {
    let window = try shell.window()
    try window.waitForRows("prompt") { $0.last == "mfsh>" }
    try window.send("mfsh.prompt = function() return '\(Self.prompt)' end\r")
    try window.waitForRows("prompt of ours") { $0.last?.hasPrefix(Self.prompt.dropLast()) == true }
    try window.send("for number = 1, 12 do print(number) end\r")
    try window.waitForRows("results") { Self.text($0).hasSuffix("12\(Self.shownPrompt)") }
    let before = Self.text(try window.allRows())
    try window.send(statement.replacing("\n", with: Key.altEnter))
    var shown = statement.filter { !$0.isWhitespace }
    try window.waitForRows("statement") { Self.text($0) == before + shown }
    for (width, letter) in zip(widths, "stuvwxyz") {
      try window.resize(columns: width)
      try window.send("\(letter)")
      shown.append(letter)
      try window.waitForRows("single block at \(width)") { Self.text($0) == before + shown }
    }
  }

  private static let shownPrompt = prompt.filter { $0 != " " }

  /// What the rows show, wherever they begin and end.
  private static func text(_ rows: [String]) -> String {
    rows.filter { !ScreenVariables.isDuration($0) }.joined().filter { $0 != " " }
  }
}
