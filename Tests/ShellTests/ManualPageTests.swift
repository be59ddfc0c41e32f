import TestSupport
import Testing

@testable import Shell

/// What shows and checks manual pages.
private enum ManualPageReaders: RealPart {
  static let needs = ["man", "mandoc"]
}

/// `mfsh help --man`, as the programs of two kinds of systems read it.
@Suite(.needs(ManualPageReaders.self)) struct ManualPageTests {
  private let folder: TemporaryFolder
  private let file: String

  init() throws {
    folder = try TemporaryFolder()
    file = try folder.write("mfsh.1", ManualPage.text)
  }

  private func read() throws -> String {
    let variables = ["LC_ALL": "C.UTF-8", "MANWIDTH": "100", "MAN_KEEP_FORMATTING": ""]
    let result = try ChildProcess.run(["man", "--warnings", "-l", file], environment: variables, within: 90)
    #expect(result.status == .exited(0) && result.error == "")
    return result.output
  }

  @Test func manAndMandocFindNoFault() throws {
    _ = try read()
    let lint = try ChildProcess.run(["mandoc", "-T", "lint", file], folder: folder.path, within: 90)
    // That the pages it names are not in mandoc's list says nothing about this one.
    let faults = (lint.output + lint.error).split(separator: "\n").filter { !$0.contains("mandoc.db") }
    #expect(faults == [])
  }

  @Test func itHasEveryCommandOptionVariableAndStatus() throws {
    let text = try read()
    for (usage, _) in HelpText.forms {
      #expect(text.contains("mfsh \(usage.replacing("...", with: " ..."))\n"), "\(usage)")
    }
    for option in OptionSpec.main + CommandSpec.all.flatMap(\.options) {
      #expect(
        text.contains(option.names.joined(separator: ", ") + (option.value.map { " \($0)" } ?? "")),
        "\(option.name)")
    }
    for variable in SettingKey.allCases.compactMap(\.variable) { #expect(text.contains(variable)) }
    for status in ExitStatus.allCases { #expect(text.contains("\(status.rawValue) "), "\(status)") }
    for section in [
      "NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "OPTIONS", "ENVIRONMENT", "FILES", "EXIT STATUS",
      "EXAMPLES",
    ] {
      #expect(text.contains("\n\(section)\n"), "\(section)")
    }
    #expect(!text.contains("{"), "a place was not filled")
  }
}
