import MFWS
import Sandbox
import TestSupport
import Testing

/// What tells that something goes on, in a window whose width changes meanwhile.
@Suite(.needs(Tmux.self), .timeLimit(.minutes(30)))
struct ResizedProgressTests {
  @Test func theProgressOfACheckStaysOneLine() async throws {
    try await aside {
      let bench = try CheckBench { $0.faults = [try Fault("stall,path=/server/authenticationtokens")] }
      try bench.write(CheckBench.rows(4))
      let options = CheckBench.options.dropLast(2)
      let window = try bench.shell.window(
        ["check", "roster.csv"] + options, columns: 100, rows: 12, isFull: true)
      try window.waitForRows("the progress") { $0.suffix(2) == [Tmux.lastEarlierLine, Self.progress] }
      for columns in [45, 40, 30, 25, 16, 30, 20, 80] {
        try window.resize(columns: columns)
        let isWhole = columns > Self.progress.count
        let shown = isWhole ? Self.progress : Self.progress.prefix(columns - 2) + "…"
        try window.waitForRows("\(columns) columns") { $0.suffix(2) == [Tmux.lastEarlierLine, shown] }
      }
    }
  }

  @Test func theWaitingLineStaysOneLine() async throws {
    try await aside {
      let window = try Shell().window(["--no-init"], columns: 100, rows: 12, isFull: true)
      try window.waitForRows("the prompt") { $0.last == "mfsh>" }
      try window.send("io.write('written') tasks.sleep(9999)\r")
      try window.waitForRows("the line") { $0.last?.hasSuffix("s, Ctrl-C stops it") == true }
      try window.resize(columns: 25)
      try window.waitForRows("the shorter line") { Self.isOneLine($0, endingWith: "…") }
      try window.resize(columns: 14)
      try window.waitForRows("the shortest line") { Self.isOneLine($0, endingWith: "…") }
      try window.resize(columns: 100)
      try window.waitForRows("the whole line") { Self.isOneLine($0, endingWith: "s, Ctrl-C stops it") }
    }
  }

  private static let progress = "0/4, 0.0/s, 0 pass, 0 diff, 0 inconclusive"

  /// Whether nothing stands below what the code wrote but one line.
  private static func isOneLine(_ rows: [String], endingWith end: String) -> Bool {
    guard let last = rows.last, rows.dropLast().last == "written" else { return false }
    return last.hasPrefix("waiting … ") && last.hasSuffix(end)
  }
}
