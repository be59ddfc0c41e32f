import FoundationEssentials
import TestSupport
import Testing

/// Whatever is typed, the screen shows what a fresh drawing of it shows.
@Suite(.timeLimit(.minutes(60))) struct WalkScreenTests {
  /// `MFSH_WALKS=35-60` takes these.
  private static let seeds: ClosedRange<Int> = {
    let variables = ProcessInfo.processInfo.environment
    let wanted = variables["MFSH_WALKS"]?.split(separator: "-").compactMap { Int($0) } ?? []
    if let first = wanted.first, let last = wanted.last, first <= last { return first...last }
    return 1...(variables["MFSH_LONG_TESTS"] != nil ? 500 : 15)
  }()

  @Test(arguments: seeds, [10...29, 4...9])
  func noStrayCharacterStays(seed: Int, rows: ClosedRange<Int>) throws {
    var shell = try Shell()
    shell.options = ["--sandbox"]
    shell.environment = ["EDITOR": "true"]
    let terminal = try shell.terminal(columns: 60, rows: 20)
    try terminal.waitForPrompt()
    terminal.resize(columns: 60, rows: rows.upperBound)
    var walk = KeyWalk(seed: seed, rows: rows)
    var steps: [KeyWalk.Step] = []
    for number in 1...60 {
      steps.append(walk.step())
      try take(steps[steps.count - 1], on: terminal)
      if number % 10 == 0 { try compareWithFreshDrawing(terminal, after: steps) }
    }
    terminal.send(Key.control("C"))
    try terminal.waitUntilIdle()
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  private func take(_ step: KeyWalk.Step, on terminal: PseudoTerminal) throws {
    switch step {
    case .keys(let keys):
      terminal.send(keys)
      // What is typed while code runs is read by the kernel, line by line.
      let runsCode = [Key.enter, Key.control("C"), UserEditorTests.key].contains(keys)
      // With `[` behind it, Escape would be the beginning of another key.
      if runsCode || keys.hasSuffix(Key.escape) { try terminal.waitUntilIdle() }
    case .size(let columns, let rows):
      try terminal.waitUntilIdle()
      terminal.resize(columns: columns, rows: rows)
      try terminal.waitUntilIdle()
    }
  }

  /// A letter ends what the last key may have left to be seen, such as a list of candidates; Ctrl-L draws anew.
  private func compareWithFreshDrawing(_ terminal: PseudoTerminal, after steps: [KeyWalk.Step]) throws {
    terminal.send("x")
    try terminal.waitUntilIdle()
    let screen = terminal.screen
    let row = screen.cursor.row
    let pictures = (0...row).map { ScreenPicture.text(of: screen, withStyles: true, from: $0) }
    terminal.send(Key.control("L"))
    try terminal.waitUntilIdle()
    let wanted = ScreenPicture.text(of: screen, withStyles: true)
    let found = pictures[max(0, row - screen.cursor.row)]
    #expect(
      found == wanted,
      """
      after \(steps.map(\.description).joined(separator: " "))
      \(ScreenPicture.difference(wanted: wanted, found: found))
      """)
  }
}
