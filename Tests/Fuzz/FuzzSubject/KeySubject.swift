import LineEditing

/// The key decoder, fed with what a terminal might send.
package struct KeySubject: Subject {
  package init() {}

  package func read(_ input: [UInt8]) throws {
    try comesToRest(input)
    try keepsPlainText(input)
    try keepsPastes(input)
  }

  private func decode(_ bytes: [UInt8], _ decoder: inout KeyDecoder) -> [KeyDecoder.Input] {
    bytes.flatMap { decoder.feed($0) }
  }

  /// Whatever came: after a moment, and the end of a paste if one is under way, a letter is a letter.
  private func comesToRest(_ input: [UInt8]) throws {
    var decoder = KeyDecoder()
    _ = decode(input, &decoder)
    if decoder.awaitsMore { _ = decoder.timeOut() }
    guard !decoder.awaitsMore else { throw Violation("it waits on after the time has passed") }
    if decode(Array("zz".utf8), &decoder).last == .character(0x7A) { return }
    guard decode(Array("\u{1B}[201~z".utf8), &decoder).last == .character(0x7A) else {
      throw Violation("it does not come back")
    }
  }

  /// Text without NUL, which is Ctrl-Space, Escape, Ctrl-X and private codes arrives as it is.
  private func keepsPlainText(_ input: [UInt8]) throws {
    let text = String(decoding: input, as: UTF8.self).unicodeScalars
      .filter { !["\0", "\u{1B}", "\u{18}"].contains($0) && !(0x80..<0xA0).contains($0.value) }
    var decoder = KeyDecoder()
    let inputs = decode(Array(String(String.UnicodeScalarView(text)).utf8), &decoder)
    guard inputs == text.map({ .character($0.value) }) else { throw Violation("text is lost") }
  }

  /// What is pasted arrives as it is, between its marks, and what follows too.
  private func keepsPastes(_ input: [UInt8]) throws {
    let pasted = input.filter { $0 != 0x1B && $0 != 0x03 }
    var decoder = KeyDecoder()
    let inputs = decode(Array("\u{1B}[200~".utf8) + pasted + Array("\u{1B}[201~z".utf8), &decoder)
    guard inputs == [.paste(pasted), .character(0x7A)] else { throw Violation("a paste is lost") }
  }
}
