import FoundationEssentials
import TestSupport
import Testing

/// The terminal that pictures are taken of.
struct ScreenModelTests {
  private static func screen(_ output: String, columns: Int = 10, rows: Int = 4) -> TerminalScreen {
    let screen = TerminalScreen(columns: columns, rows: rows)
    screen.feed(Array(output.utf8))
    return screen
  }

  @Test(arguments: [
    ("one\r\ntwo  ", ["one", "two"], 1, 5),
    ("abc\u{8}\u{8}X", ["aXc"], 0, 2),
    ("abcdefghijKL", ["abcdefghij", "KL"], 1, 2),
    ("gone\u{1B}[2J\u{1B}[2;3Hhere", ["", "  here"], 1, 6),
    ("1\r\n2\r\n3\r\n4\r\n5", ["2", "3", "4", "5"], 3, 1),
    ("äöü\u{4F60}\u{597D}é", ["äöü你好é"], 0, 8),
    ("12345678\u{4F60}\u{4F60}", ["12345678你", "你"], 1, 2),
    ("main\u{1B}[?1049h\u{1B}[Hother", ["other"], 0, 5),
    ("main\u{1B}[?1049h\u{1B}[Hother\u{1B}[?1049l", ["main"], 0, 4),
  ])
  func sequencesAreActedOut(output: String, rows: [String], row: Int, column: Int) {
    let screen = Self.screen(output)
    #expect(screen.rows == rows)
    #expect(screen.cursor == (row, column))
  }

  @Test func outputMayBeCutAnywhere() {
    let screen = TerminalScreen(columns: 10, rows: 2)
    for byte in "a\u{1B}[2;4Hü\u{4F60}!".utf8 { screen.feed([byte]) }
    #expect(screen.rows == ["a", "   ü你!"])
  }

  @Test func sizesChange() {
    let screen = Self.screen("one\r\ntwo\r\nthree")
    screen.resize(columns: 4, rows: 2)
    #expect(screen.rows == ["two", "thre"])
    screen.resize(columns: 20, rows: 3)
    screen.feed(Array("\r\n0123456789012345678".utf8))
    #expect(screen.rows.last == "0123456789012345678")
  }

  @Test func picturesShowPlaceAndStyles() {
    let screen = Self.screen("mfsh> \u{1B}[1;34mif\u{1B}[0m x\r\n \u{1B}[7m你\u{1B}[27;90m!")
    #expect(
      ScreenPicture.text(of: screen, withStyles: true) == """
        mfsh> if x
         你!
        ──── 10×4, cursor in row 2, column 5
        ──── styles; columns begin behind the fourth character
          1       aa
          2  bbc
        a: colour 4, bold
        b: reversed
        c: colour 8

        """)
  }

  @Test func whatVariesIsMasked() {
    let screen = Self.screen(
      "mfsh 0.12.3 at http://127.0.0.1:40123/ 2026-11-24 09:15:01.5 took 1.25 s, /tmp/mfsh-test-aB12x9/f",
      columns: 120)
    #expect(
      ScreenPicture.text(of: screen).hasPrefix(
        "mfsh #.##.# at http://127.0.0.1:#####/ ####-##-## ##:##:##.# took # s, /tmp/FOLDER/f\n"))
  }

  @Test func durationsAreLeftOutUnlessWanted() {
    let screen = Self.screen("took it\r\ntook 0.6 s\r\n\u{1B}[1mx")
    #expect(
      ScreenPicture.text(of: screen, withStyles: true) == """
        took it
        x
        ──── 10×4, cursor in row 2, column 2
        ──── styles; columns begin behind the fourth character
          2 a
        a: bold

        """)
    #expect(ScreenPicture.text(of: screen, withDurations: true).hasPrefix("took it\ntook # s\nx\n"))
  }

  @Test func differencesShowWhatWasWanted() {
    let difference = ScreenPicture.difference(wanted: "one\ntwo\nthree", found: "one\nzwei\nthree")
    #expect(difference == "  one\n- two\n+ zwei\n  three")
  }

  /// One that is not compared any more would stay behind.
  @Test func everyPictureHasItsTest() throws {
    let folder = "\(Documentation.root)/Tests/EndToEndTests"
    let files = FileManager.default
    let sources = try files.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".swift") }
      .map { try Documentation.read("Tests/EndToEndTests/\($0)") }
    for picture in try files.contentsOfDirectory(atPath: "\(folder)/Screens") {
      let name = picture.replacing(#/(-[0-9]+)?\.txt$/#, with: "")
      #expect(sources.contains { $0.contains("\"\(name)") }, "no test has \(picture)")
    }
  }
}
