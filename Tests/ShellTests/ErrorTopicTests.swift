import FoundationEssentials
import MFWS
import Testing

@testable import Shell

@Suite struct ErrorTopicTests {
  @Test func everyCodeHasAnEntry() {
    #expect(ErrorTopic.all.map(\.code.rawValue).sorted() == MFWSError.Code.allCases.map(\.rawValue).sorted())
    for code in MFWSError.Code.allCases {
      #expect(HelpTopics.text(code.rawValue)?.hasPrefix("\(code.rawValue): ") == true)
    }
  }

  /// TROUBLESHOOTING.md is written by this test when MFSH_WRITE_DOCS is set.
  @Test func thePageSaysTheSame() throws {
    let file = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/TROUBLESHOOTING.md"
    if ProcessInfo.processInfo.environment["MFSH_WRITE_DOCS"] != nil {
      try ErrorTopic.page.write(toFile: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOfFile: file, encoding: .utf8) == ErrorTopic.page)
  }

  /// The page begins meanings with a capital, which would be wrong in a name of Lua's.
  @Test func noMeaningBeginsWithANameOfLua() {
    for topic in ErrorTopic.all { #expect(topic.meaning.prefix { $0 != " " }.contains(".") == false) }
  }

  @Test func anEntryReadsLikeThis() {
    #expect(
      HelpTopics.text("denied.vault") == """
        denied.vault: the account exists, but may not enter this vault

        - The account has no user in the vault, or a disabled one: add it in M-Files
          Admin under the vault's Users.
        - The vault's name or GUID is wrong, or the vault is offline:
          session.vaults() lists those that can be entered.
        - All concurrent licences may be taken; real servers have not been seen to
          say so.

        Exit status of a script: 77.

        """)
  }
}
