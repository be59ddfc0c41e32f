import FoundationEssentials
import Testing

@testable import Shell

/// The README's tables of settings say what the one table in the code says.
@Suite struct SettingsTableTests {
  private struct Row {
    let key: String
    let option: String
    let variable: String

    init?(_ line: Substring) {
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).map { cell in
        cell.filter { $0 != " " && $0 != "`" }
      }
      guard cells.count >= 5, SettingKey(rawValue: cells[1]) != nil, cells[2] != "option" else { return nil }
      (key, option, variable) = (cells[1], cells[2], cells[3])
    }
  }

  private func rows() throws -> [Row] {
    let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let text = try String(contentsOfFile: root + "/README.md", encoding: .utf8)
    let section = try #require(text.split(separator: "\n## ").first { $0.hasPrefix("Settings\n") })
    return section.split(separator: "\n").compactMap(Row.init)
  }

  @Test func `they have each key once, those of a login first`() throws {
    let others = SettingKey.allCases.filter { !SettingKey.arguments.contains($0) }
    #expect(try rows().map(\.key) == (SettingKey.arguments + others).map(\.rawValue))
  }

  @Test func `they name the options and variables`() throws {
    for row in try rows() {
      let key = try #require(SettingKey(rawValue: row.key))
      var options = OptionSpec.main.filter { $0.setting == key }.map(\.name)
      if key == .readOnly { options.insert("--read-only", at: 0) }
      if key == .password { options = ["--password-stdin", "--password-command"] }
      #expect(row.option == options.joined(separator: ","), "\(row.key)")
      #expect(row.variable == key.variable ?? "", "\(row.key)")
    }
  }
}
