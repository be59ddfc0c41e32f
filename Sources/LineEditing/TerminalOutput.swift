import CEditLine
import Glibc

/// What goes to the terminal, libedit's output and ours in order, written at one time so that nothing half-drawn shows.
///
/// Used from the thread that edits; the pointers stay inside.
@safe final class TerminalOutput {
  /// That of the process, whose standard output is one. Used from the thread that edits only.
  @safe nonisolated(unsafe) static let shared = TerminalOutput()

  private let output = UnsafeMutablePointer<editline_output>.allocate(capacity: 1)
  /// Whether there is memory to collect in.
  private let isOpen: Bool

  private init() {
    unsafe output.initialize(to: editline_output())
    isOpen = unsafe editline_open_output(output) != 0
  }

  /// A new handle of libedit that writes here; nil when libedit cannot work with this terminal.
  func newHandle(program: String) -> OpaquePointer? { unsafe isOpen ? editline_init(program, output) : nil }

  /// Whether only what we add is written, and of libedit's output the bell alone. A change drops what was not written yet.
  var isOurs = false {
    didSet {
      guard isOpen, isOurs != oldValue else { return }
      ours = []
      unsafe editline_take_output(output)
    }
  }

  /// What we have added while libedit's output is dropped.
  private var ours: [UInt8] = []

  /// Adds to what is going to be written.
  func add(_ bytes: [UInt8]) {
    guard isOpen else { return Terminal.write(bytes, to: STDOUT_FILENO) }
    guard !isOurs else { return ours += bytes }
    unsafe bytes.withUnsafeBytes { buffer in
      if let base = buffer.baseAddress { unsafe editline_add_output(output, base, buffer.count) }
    }
  }

  /// Forgets what libedit has written since the last time.
  func drop() {
    if isOpen { unsafe editline_take_output(output) }
  }

  /// How many bytes libedit and we have added.
  var count: Int { isOpen ? unsafe output.pointee.count : 0 }

  /// Writes what has come together.
  func flush() {
    guard isOpen else { return }
    unsafe editline_take_output(output)
    let bytes = unsafe UnsafeRawBufferPointer(start: output.pointee.text, count: output.pointee.count)
    guard isOurs else { return unsafe Terminal.write(Array(bytes), to: STDOUT_FILENO) }
    let bell = unsafe bytes.contains(0x07) ? [0x07] as [UInt8] : []
    Terminal.write(ours + bell, to: STDOUT_FILENO)
    ours = []
  }
}
