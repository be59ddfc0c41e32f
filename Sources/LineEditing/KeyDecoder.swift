/// Turns the bytes of a terminal into characters, keys and pastes.
///
/// Bytes in, inputs out: it neither reads nor waits. When `awaitsMore` holds and nothing comes for a moment, the
/// Escape was a key of its own and `timeOut` says so.
package struct KeyDecoder {
  package enum Input: Equatable {
    case character(UInt32)
    case key(EditKey)
    case paste([UInt8])
  }

  /// The limit of one paste; what exceeds it is dropped.
  package static let pasteLimit = 4 << 20

  private enum State: Equatable {
    /// → escape, utf8, controlX
    case ground
    /// After Ctrl-X, the first half of some keys → ground
    case controlX
    /// After Escape → control, single, ground
    case escape
    /// After `ESC [`, with what followed → ground, paste
    case control([UInt8])
    /// After `ESC O` → ground
    case single
    /// A character with bytes still missing → ground
    case utf8([UInt8], missing: Int)
    /// Between the marks of a bracketed paste → ground
    case paste
  }

  private var state = State.ground
  private var pasted: [UInt8] = []

  package init() {}

  /// Whether an Escape has come that may or may not begin a sequence.
  package var awaitsMore: Bool {
    switch state {
    case .escape, .control, .single: true
    default: false
    }
  }

  /// Whether a paste has begun and not ended.
  package var isInPaste: Bool { state == .paste }

  /// Forgets a paste whose end does not come.
  package mutating func abandonPaste() {
    guard isInPaste else { return }
    state = .ground
    pasted = []
  }

  /// No byte followed in time.
  package mutating func timeOut() -> [Input] {
    defer { state = .ground }
    switch state {
    case .escape: return [.character(0x1B)]
    case .single: return [.character(0x1B), .character(0x4F)]
    default: return []
    }
  }

  /// Takes one byte; most often one input results, sometimes none or two.
  package mutating func feed(_ byte: UInt8) -> [Input] {
    switch state {
    case .ground: start(byte)
    case .controlX: afterControlX(byte)
    case .escape: afterEscape(byte)
    case .control(let sequence): control(sequence, byte)
    case .single: single(byte)
    case .utf8(let bytes, let missing): continuation(bytes, missing, byte)
    case .paste: paste(byte)
    }
  }

  private mutating func start(_ byte: UInt8) -> [Input] {
    switch byte {
    case 0x1B: state = .escape
    case 0x18: state = .controlX
    // libedit takes Ctrl-Space for a key that the terminal has switched off.
    case 0x00: return [.key(.ignored)]
    case 0x01..<0x80: return [.character(UInt32(byte))]
    case 0xC2..<0xE0: state = .utf8([byte], missing: 1)
    case 0xE0..<0xF0: state = .utf8([byte], missing: 2)
    case 0xF0..<0xF5: state = .utf8([byte], missing: 3)
    default: return [.character(0xFFFD)]
    }
    return []
  }

  private mutating func afterControlX(_ byte: UInt8) -> [Input] {
    state = .ground
    if let key = KeySequences.afterControlX[byte] { return [.key(key)] }
    if byte == 0x03 { return [.key(.interrupt)] }
    // A key of libedit's, which awaits nothing more.
    if byte == 0x18 { return [.character(0x18), .character(0x18)] }
    return (byte == 0x1B ? [] : [.character(0x18)]) + start(byte)
  }

  private mutating func afterEscape(_ byte: UInt8) -> [Input] {
    state = .ground
    switch byte {
    case UInt8(ascii: "["): state = .control([])
    case UInt8(ascii: "O"): state = .single
    case 0x0A, 0x0D: return [.key(.newline)]
    case 0x1B:
      state = .escape
      return [.character(0x1B)]
    default: return [.character(0x1B)] + start(byte)
    }
    return []
  }

  private mutating func single(_ byte: UInt8) -> [Input] {
    state = .ground
    return [.key(KeySequences.plain[byte] ?? .ignored)]
  }

  private mutating func control(_ sequence: [UInt8], _ byte: UInt8) -> [Input] {
    // The Linux console sends F1 to F5 as `ESC [ [ A` and so on.
    let isConsoleKey = sequence == [UInt8(ascii: "[")]
    if !isConsoleKey, sequence.isEmpty && byte == UInt8(ascii: "[") || (0x20..<0x40).contains(byte) {
      state = .control(sequence.count < 32 ? sequence + [byte] : sequence)
      return []
    }
    state = .ground
    if byte == 0x1B || byte < 0x20 { return start(byte) }
    if sequence + [byte] == KeySequences.pasteStart {
      state = .paste
      pasted = []
      return []
    }
    return [.key(isConsoleKey ? .ignored : KeySequences.key(parameters: sequence, final: byte))]
  }

  private mutating func continuation(_ bytes: [UInt8], _ missing: Int, _ byte: UInt8) -> [Input] {
    guard (0x80..<0xC0).contains(byte) else {
      state = .ground
      return [.character(0xFFFD)] + start(byte)
    }
    guard missing == 1 else {
      state = .utf8(bytes + [byte], missing: missing - 1)
      return []
    }
    state = .ground
    return String(decoding: bytes + [byte], as: UTF8.self).unicodeScalars.prefix(1)
      .filter { !(0x80..<0xA0).contains($0.value) }.map { .character($0.value) }
  }

  private mutating func paste(_ byte: UInt8) -> [Input] {
    let mark = KeySequences.pasteEnd
    if pasted.count >= Self.pasteLimit { pasted.remove(at: Self.pasteLimit - mark.count) }
    pasted.append(byte)
    guard byte == mark.last, pasted.suffix(mark.count).elementsEqual(mark) else { return [] }
    state = .ground
    defer { pasted = [] }
    return [.paste(pasted.dropLast(mark.count))]
  }
}
