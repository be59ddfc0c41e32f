import Glibc

/// Reads the terminal byte by byte and hands out characters and keys.
///
/// One byte per read(2), but for pastes: what is typed ahead belongs to whoever reads next, `io.read` or a password
/// question.
struct TerminalInput {
  enum Event: Equatable {
    case character(UInt32), key(EditKey), paste([UInt8])
    case endOfInput, stop, failed(Int32)
  }

  /// How long the rest of an escape sequence may take.
  private static let escapeMilliseconds: Int32 = 25

  let descriptor: Int32
  let wait: () -> InputWait
  private var decoder = KeyDecoder()
  private var pending: [KeyDecoder.Input] = []
  /// What a read within a paste brought, as far as it was not decoded yet.
  private var readAhead: ArraySlice<UInt8> = []

  init(descriptor: Int32, wait: @escaping () -> InputWait) {
    self.descriptor = descriptor
    self.wait = wait
  }

  /// Waits for the next event.
  mutating func next() -> Event {
    while pending.isEmpty {
      if decoder.awaitsMore, readAhead.isEmpty,
        InputWait.poll(descriptor, milliseconds: Self.escapeMilliseconds) == false
      {
        pending = decoder.timeOut()
        continue
      }
      if let event = waitAndRead() { return event }
    }
    switch pending.removeFirst() {
    case .character(let character): return .character(character)
    case .key(let key): return .key(key)
    case .paste(let bytes): return .paste(bytes)
    }
  }

  /// Whether more came with the last event.
  var hasPending: Bool { !pending.isEmpty }

  /// Whether something was typed that nobody has had yet.
  var hasMore: Bool {
    !pending.isEmpty || !readAhead.isEmpty || InputWait.poll(descriptor, milliseconds: 0) == true
  }

  /// Takes the next input when it is this one and has come already.
  mutating func take(_ next: KeyDecoder.Input) -> Bool {
    guard pending.first == next else { return false }
    pending.removeFirst()
    return true
  }

  /// Has something come before all else. An empty paste is none.
  mutating func put(_ first: KeyDecoder.Input) {
    if first != .paste([]) { pending.insert(first, at: 0) }
  }

  /// Takes in what was typed right behind the statement, for the next one.
  ///
  /// A Ctrl-C among it came as a byte, since it was no signal yet: as a terminal does, it drops what stands before it.
  /// - Returns: whether there was one.
  mutating func takeTypeAhead() -> Bool {
    var bytes = Array(readAhead)
    readAhead = []
    while bytes.count < Self.typeAheadLimit, InputWait.poll(descriptor, milliseconds: 0) == true,
      case .success(let byte?) = Self.readByte(descriptor)
    {
      bytes.append(byte)
    }
    var inputs: [KeyDecoder.Input] = []
    var isInterrupted = false
    for input in bytes.flatMap({ decoder.feed($0) }) {
      if input == .character(UInt32(Self.controlC)) || input == .key(.interrupt) {
        isInterrupted = true
        inputs = []
      } else {
        inputs.append(input)
      }
    }
    pending += inputs
    return isInterrupted
  }

  /// Forgets what was typed ahead: it would answer a question that had not been asked.
  mutating func dropTypeAhead() {
    pending = []
    readAhead = []
    decoder = KeyDecoder()
  }

  private static let controlC: UInt8 = 0x03
  /// More than the kernel keeps.
  private static let typeAheadLimit = 1 << 16

  private mutating func waitAndRead() -> Event? {
    if let byte = readAhead.popFirst() {
      pending = decoder.feed(byte)
      return nil
    }
    switch wait() {
    case .stop: return .stop
    case .interrupted: return .key(.interrupt)
    case .ready: break
    }
    if decoder.isInPaste { readAhead = Self.read(descriptor, limit: Self.pasteChunk)[...] }
    if decoder.isInPaste, isTypedInterrupt(Array(readAhead)) {
      readAhead = []
      decoder.abandonPaste()
      return .key(.interrupt)
    }
    switch readAhead.popFirst().map({ .success($0) }) ?? Self.readByte(descriptor) {
    case .success(let byte?): pending = decoder.feed(byte)
    case .success(nil): return .endOfInput
    case .failure(let failure):
      if failure.code != EINTR, failure.code != EAGAIN { return .failed(failure.code) }
    }
    return nil
  }

  /// Whether somebody pressed Ctrl-C since the terminal never sends the end of a paste: it comes alone, and nothing
  /// follows it. One that was pasted must not end the paste, or the rest would run as if it had been typed.
  private func isTypedInterrupt(_ bytes: [UInt8]) -> Bool {
    bytes == [Self.controlC]
      && InputWait.poll(descriptor, milliseconds: Self.interruptMilliseconds) == false
  }

  private static let interruptMilliseconds: Int32 = 500

  /// Bytes that are read at a time within a paste.
  private static let pasteChunk = 4096

  /// Some bytes; none when it fails.
  private static func read(_ descriptor: Int32, limit: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = unsafe Glibc.read(descriptor, &bytes, limit)
    return Array(bytes.prefix(max(count, 0)))
  }

  /// One byte; nil at the end of input.
  static func readByte(_ descriptor: Int32) -> Result<UInt8?, EditFailure> {
    var byte: UInt8 = 0
    switch unsafe Glibc.read(descriptor, &byte, 1) {
    case 1: return .success(byte)
    case 0: return .success(nil)
    default: return .failure(EditFailure(code: errno))
    }
  }
}
