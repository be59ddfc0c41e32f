import CEditLine
import Glibc

/// libedit's handle with the few calls we make, in Swift types. Used from one thread; the pointers stay inside and
/// go with it.
@safe final class EditLine {
  private let handle: OpaquePointer
  private let promptBuffer = UnsafeMutableBufferPointer<wchar_t>.allocate(capacity: 512)

  /// Nil when libedit cannot work with this terminal.
  ///
  /// `key` runs for each key of ours with the character that arrived; `read` delivers the next character.
  init?(
    program: String, readsUserSettings: Bool,
    key: @escaping (UInt32) -> EditOutcome, read: @escaping () -> EditRead
  ) {
    guard let handle = unsafe TerminalOutput.shared.newHandle(program: program) else { return nil }
    unsafe self.handle = handle
    self.key = key
    self.read = read
    unsafe promptBuffer.initialize(repeating: 0)
    configure(readsUserSettings: readsUserSettings)
  }

  deinit {
    unsafe el_end(handle)
    unsafe promptBuffer.deallocate()
  }

  fileprivate let key: (UInt32) -> EditOutcome
  fileprivate let read: () -> EditRead

  /// The prompt of the next line; a longer one than 500 characters is cut.
  var prompt: [UInt32] = [] {
    didSet {
      let shown = prompt.prefix(500).filter { $0 != 0 } + [0]
      for (index, character) in shown.enumerated() {
        unsafe promptBuffer[index] = wchar_t(bitPattern: character)
      }
    }
  }

  /// libedit calls this on every refresh, hence the buffer that is filled beforehand.
  fileprivate var promptPointer: UnsafeMutablePointer<wchar_t>? {
    if isBeginning {
      isBeginning = false
      reserve(rows: reservedRows)
    }
    return unsafe promptBuffer.baseAddress
  }

  /// Whether a line begins of which nothing is drawn yet. libedit has just asked the terminal for its size, and forgotten
  /// what was reserved.
  private var isBeginning = false

  /// Whether libedit has stopped reading the user's settings at a line that it does not understand.
  private(set) var hasSettingsProblem = false

  /// False when the user's settings turn editing off.
  var edits: Bool { unsafe editline_edits(handle) != 0 }

  /// Whether the keys are those of vi.
  var isVi: Bool { unsafe editline_is_vi(handle) != 0 }

  /// The text and the cursor.
  var buffer: EditBuffer {
    guard let info = unsafe el_wline(handle)?.pointee, let start = unsafe info.buffer else {
      return EditBuffer(text: [], cursor: 0)
    }
    let text = unsafe UnsafeBufferPointer(start: start, count: info.lastchar - start)
    return unsafe EditBuffer(
      text: text.withMemoryRebound(to: UInt32.self) { unsafe Array($0) }, cursor: info.cursor - start)
  }

  /// Inserts at the cursor; false when libedit has no room.
  @discardableResult
  func insert(_ text: [UInt32]) -> Bool {
    let characters = text.filter { $0 != 0 }.map { wchar_t(bitPattern: $0) }
    return unsafe characters.isEmpty || el_winsertstr(handle, characters + [0]) == 0
  }

  /// Deletes so many characters before the cursor.
  func deleteBackwards(_ count: Int) {
    if count > 0 { unsafe el_deletestr(handle, Int32(clamping: count)) }
  }

  /// Moves the cursor to an offset in the text.
  func moveCursor(to offset: Int) {
    _ = unsafe el_cursor(handle, Int32(clamping: offset - buffer.cursor))
  }

  /// Makes the text and the cursor these; what stays the same is not touched.
  func change(to new: EditBuffer) {
    let old = buffer.text
    if old != new.text {
      let start = zip(old, new.text).prefix { $0 == $1 }.count
      let end = zip(old[start...].reversed(), new.text[start...].reversed()).prefix { $0 == $1 }.count
      moveCursor(to: old.count - end)
      deleteBackwards(old.count - end - start)
      insert(Array(new.text[start..<(new.text.count - end)]))
    }
    moveCursor(to: new.cursor)
  }

  /// Puts `text` in the place of all there is, the cursor at its end.
  func replaceAll(with text: [UInt32]) {
    let count = buffer.text.count
    moveCursor(to: count)
    unsafe el_deletestr(handle, Int32(clamping: count))
    insert(text)
  }

  /// Has a key act as if it were typed next.
  func push(_ key: EditKey) { unsafe el_wpush(handle, Self.wide([key.rawValue])) }

  /// Draws prompt and text anew from the cursor's row on.
  func refresh() {
    drawings += 1
    _ = unsafe editline_refresh(handle)
    TerminalOutput.shared.flush()
  }

  /// How often all was drawn anew, without colours.
  private(set) var drawings = 0

  /// How many characters there are.
  var count: Int {
    guard let info = unsafe el_wline(handle)?.pointee, let start = unsafe info.buffer else { return 0 }
    return unsafe info.lastchar - start
  }

  /// Asks the terminal for its size.
  func resize() {
    let isUnchanged = (columns, rows) == (Terminal.columns, Terminal.rows)
    guard !isUnchanged || reservedRows != rows + Self.spareRows else { return }
    unsafe el_resize(handle)
    (columns, rows) = (Terminal.columns, Terminal.rows)
    changeRoom(rows: rows + Self.spareRows)
  }

  /// Has libedit take the terminal for one of so many rows, between keys.
  ///
  /// It then holds the screen for empty, but the cursor for where it was in the former one, and would write there: what is
  /// typed next would go beyond its memory. Nothing of what it draws to find its cursor is shown.
  func changeRoom(rows: Int) {
    reserve(rows: rows)
    TerminalOutput.shared.flush()
    _ = unsafe editline_refresh(handle)
    TerminalOutput.shared.drop()
  }

  /// Libedit reads beyond its memory when the cursor moves in a block that is taller than the terminal.
  private func reserve(rows: Int) {
    reservedRows = rows
    // It cannot draw wide characters in one column.
    if columns <= Terminal.leastColumns { _ = unsafe editline_set_capability(handle, "co", "\(columns)") }
    _ = unsafe editline_set_capability(handle, "li", "\(rows)")
  }

  /// The rows that a block may have.
  private(set) var reservedRows = 0
  /// How many more they are than the terminal's, at least.
  static let spareRows = 2_000

  /// The size of the terminal that libedit draws for.
  private(set) var columns = Terminal.columns
  private(set) var rows = Terminal.rows

  /// Switches the terminal between editing and what it was before.
  func setEditing(_ isEditing: Bool) {
    _ = unsafe editline_set_number(handle, EL_PREP_TERM, isEditing ? 1 : 0)
  }

  /// Writes to the terminal in order with what libedit writes.
  static func write(_ text: String) {
    TerminalOutput.shared.add(Array(text.utf8))
    TerminalOutput.shared.flush()
  }

  /// Edits one line until a key accepts it; nil with the error, 0 at the end of input.
  func readLine() -> Result<[UInt32], EditFailure> {
    unsafe editline_set_owner(handle, Unmanaged.passUnretained(self).toOpaque())
    var count: Int32 = 0
    isBeginning = true
    errno = 0
    defer { TerminalOutput.shared.flush() }
    guard let line = unsafe el_wgets(handle, &count) else {
      return .failure(EditFailure(code: count < 0 ? errno : 0))
    }
    let characters = unsafe UnsafeBufferPointer(start: line, count: Int(count))
    return unsafe .success(characters.map { UInt32(bitPattern: $0) })
  }

  private func configure(readsUserSettings: Bool) {
    _ = unsafe editline_set_number(handle, EL_SIGNAL, 0)
    // Shifting what stands to the right, libedit miscounts wide characters and rows that are full.
    for name in ["im", "ic", "IC", "dm", "dc", "DC"] { _ = unsafe editline_set_capability(handle, name, "") }
    _ = unsafe editline_set_map(handle, "emacs")
    _ = unsafe editline_add_action(handle, runKey)
    reserve(rows: rows + Self.spareRows)
    // First, since it may change the map; ours have the last word.
    hasSettingsProblem = unsafe readsUserSettings && el_source(handle, nil) != 0 && UserSettings.exist
    _ = unsafe editline_set_prompt(handle, showPrompt)
    _ = unsafe editline_set_reader(handle, readCharacter)
    _ = unsafe editline_take_terminal_keys(handle)
    for key in EditKey.allCases { bind(key.rawValue, to: key.builtIn ?? "mfsh-key") }
    for control in EditKey.controls { bind(control.character, to: "mfsh-key") }
    for command in EditKey.commands { bind(command.character, to: command.name) }
    guard isVi else {
      for character in EditKey.withoutAlt { bind([0x1B, character], to: "ed-unassigned") }
      for control in EditKey.emacsControls { bind([control.character], to: "mfsh-key") }
      for character in [EmacsKeys.fullStop, EmacsKeys.underscore] { bind([0x1B, character], to: "mfsh-key") }
      return
    }
    // Escape too: its command mode is ours.
    bind([0x1B], to: "mfsh-key")
    for control in EditKey.viControls { bind([control.character], to: control.key.builtIn ?? "mfsh-key") }
    // What a setting of the user's leads to libedit's command mode is led out of it again.
    for character in ScreenPosition.plain { bindAlternate(character, to: "mfsh-key") }
  }

  private func bind(_ keys: [UInt32], to name: String) {
    _ = unsafe editline_bind(handle, Self.wide(keys), Self.wide(name.unicodeScalars.map(\.value)))
  }

  private func bind(_ character: UInt32, to name: String) {
    bind([character], to: name)
    bindAlternate(character, to: name)
  }

  /// In vi's command mode alone.
  private func bindAlternate(_ character: UInt32, to name: String) {
    // By itself a dash would be an option of libedit's command, and the others half of a name.
    let spelled: [UInt32: String] = [0x2D: "\\055", 0x5C: "\\134", 0x5E: "\\136"]
    let key = spelled[character]?.unicodeScalars.map(\.value) ?? [character]
    _ = unsafe editline_bind_alternate(
      handle, Self.wide(key), Self.wide(name.unicodeScalars.map(\.value)))
  }

  private static func wide(_ text: [UInt32]) -> [wchar_t] { text.map { wchar_t(bitPattern: $0) } + [0] }
}

/// What libedit is to do after a key of ours.
enum EditOutcome {
  case nothing, refresh, beep
}

/// What the reader delivers.
enum EditRead {
  case character(UInt32), endOfInput, failed
}

/// Why there is no line: an errno, or 0 at the end of input.
struct EditFailure: Error {
  let code: Int32
}

private func owner(_ handle: OpaquePointer?) -> EditLine? {
  guard let handle = unsafe handle, let owner = unsafe editline_owner(handle) else { return nil }
  return unsafe Unmanaged<EditLine>.fromOpaque(owner).takeUnretainedValue()
}

private func runKey(_ handle: OpaquePointer?, _ character: wint_t) -> UInt8 {
  switch unsafe owner(handle)?.key(character) {
  case .nothing: UInt8(CC_NORM)
  case .refresh: UInt8(CC_REFRESH)
  case .beep, nil: UInt8(CC_ERROR)
  }
}

private func showPrompt(_ handle: OpaquePointer?) -> UnsafeMutablePointer<wchar_t>? {
  unsafe owner(handle)?.promptPointer
}

private func readCharacter(_ handle: OpaquePointer?, _ result: UnsafeMutablePointer<wchar_t>?) -> Int32 {
  switch unsafe owner(handle)?.read() {
  case .character(let character):
    unsafe result?.pointee = wchar_t(bitPattern: character)
    return 1
  case .endOfInput: return 0
  case .failed, nil: return -1
  }
}
