import Testing

@testable import Shell

@Suite struct HelpLayoutTests {
  private let text = """
    session.use(vault) -> table: enters a vault

      vault          its name, its GUID or a vault table
      preshared_key  a key that the server wants besides, whatever the
                     way in
      local s <close> = session.open{user="name"}

    A name that several vaults have is an error; the
    error lists their GUIDs.

    - It is disabled, locked, or has no login in
      M-Files.
    - short

    """

  @Test func `what fits stays as it is`() {
    for width in [66, 80, 200] { #expect(HelpLayout.fitted(text, width: width) == text) }
  }

  @Test func `a narrow terminal gets rows and paragraphs of its width, broken between words`() {
    #expect(
      HelpLayout.fitted(text, width: 40) == """
        session.use(vault) -> table: enters a
        vault

          vault          its name, its GUID or a
                         vault table
          preshared_key  a key that the server
                         wants besides, whatever
                         the way in
          local s <close> =
            session.open{user="name"}

        A name that several vaults have is an
        error; the error lists their GUIDs.

        - It is disabled, locked, or has no
          login in M-Files.
        - short

        """)
  }

  @Test func `a first column wider than half of the terminal stands alone`() {
    #expect(
      HelpLayout.fitted(text, width: 24).split(separator: "\n").dropFirst(2).prefix(8) == [
        "  vault", "    its name, its GUID", "    or a vault table", "  preshared_key",
        "    a key that the", "    server wants", "    besides, whatever", "    the way in",
      ])
  }

  @Test func `every topic fits a narrow terminal, but for words that are longer, and loses nothing`() throws {
    for name in HelpTopics.names {
      let text = try #require(HelpTopics.text(name))
      for width in [1, 30, 40, 59] {
        let fitted = HelpLayout.fitted(text, width: width)
        #expect(words(fitted) == words(text), "\(name)")
        for line in fitted.split(separator: "\n") where line.count > width {
          #expect(words(String(line)).count == 1, "\(name) at \(width): \(line)")
        }
      }
    }
  }

  private func words(_ text: String) -> [Substring] { text.split { $0 == " " || $0 == "\n" } }
}
