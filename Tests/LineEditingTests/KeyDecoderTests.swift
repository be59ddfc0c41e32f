import Testing

@testable import LineEditing

/// Bytes in, keys out; no terminal.
struct KeyDecoderTests {
  private func decode(_ text: String) -> [KeyDecoder.Input] { decode(Array(text.utf8)) }

  private func decode(_ bytes: [UInt8]) -> [KeyDecoder.Input] {
    var decoder = KeyDecoder()
    return bytes.flatMap { decoder.feed($0) }
  }

  @Test(arguments: [
    ("\u{1B}[A", EditKey.up), ("\u{1B}OB", .down), ("\u{1B}[H", .home), ("\u{1B}[4~", .end),
    ("\u{1B}[3~", .deleteForward), ("\u{1B}[1;5C", .wordRight), ("\u{1B}[1;3D", .wordLeft),
    ("\u{1B}\r", .newline),
    ("\u{1B}[15;2~", .ignored), ("\u{1B}[M", .ignored), ("\u{1B}OS", .ignored), ("\u{1B}[[E", .ignored),
  ])
  func sequencesAreKeys(sequence: String, key: EditKey) {
    #expect(decode(sequence + "x") == [.key(key), .character(0x78)])
  }

  @Test func charactersOfAllLengths() {
    #expect(decode("aß語😀") == "aß語😀".unicodeScalars.map { .character($0.value) })
  }

  @Test func brokenBytesBecomeReplacements() {
    #expect(decode([0xC3, 0x41]) == [.character(0xFFFD), .character(0x41)])
    #expect(decode([0xFF]) == [.character(0xFFFD)])
    #expect(decode([0xED, 0xA0, 0x80]).allSatisfy { $0 == .character(0xFFFD) })
  }

  @Test func nobodyCanTypeThePrivateCodes() {
    #expect(decode("\u{80}\u{9F}").isEmpty)
  }

  @Test func escapeAloneIsAKeyAfterAWhile() {
    var decoder = KeyDecoder()
    #expect(decoder.feed(0x1B).isEmpty)
    #expect(decoder.awaitsMore)
    #expect(decoder.timeOut() == [.character(0x1B)])
    #expect(!decoder.awaitsMore)
  }

  @Test func otherAltKeysKeepTheirEscape() {
    #expect(decode("\u{1B}f") == [.character(0x1B), .character(0x66)])
  }

  @Test func aPasteIsTakenAsItIs() {
    #expect(
      decode("\u{1B}[200~a\u{1B}[Ab\u{1B}[201~c") == [.paste(Array("a\u{1B}[Ab".utf8)), .character(0x63)])
  }

  @Test func controlCInAPasteEndsNothing() {
    #expect(
      decode("\u{1B}[200~abc\u{03}d\r\u{1B}[201~e") == [.paste(Array("abc\u{03}d\r".utf8)), .character(0x65)])
  }

  @Test func anAbandonedPasteIsGone() {
    var decoder = KeyDecoder()
    for byte in "\u{1B}[200~abc".utf8 { _ = decoder.feed(byte) }
    decoder.abandonPaste()
    #expect(!decoder.isInPaste && decoder.feed(0x64) == [.character(0x64)])
  }
}
