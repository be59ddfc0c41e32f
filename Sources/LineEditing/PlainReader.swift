import Glibc

/// Reads statements line by line where the terminal cannot be edited on: no escapes, the kernel does the rest.
struct PlainReader {
  /// The prompt of every line after the first.
  static let continuation = "...> "

  let descriptor: Int32
  let wait: () -> InputWait
  /// Writes a prompt.
  let show: (String) -> Void

  /// Reads lines until they form a statement.
  func readStatement(prompt: String, isComplete: (String) -> Bool) -> ReadResult {
    var statement = ""
    while true {
      show(statement.isEmpty ? prompt : Self.continuation)
      switch readLine() {
      case .statement(let line): statement += line
      case .endOfInput where !statement.isEmpty: return .statement(statement)
      case let other: return other
      }
      if statement.allSatisfy(\.isWhitespace) || isComplete(statement) { return .statement(statement) }
      statement += "\n"
    }
  }

  private func readLine() -> ReadResult {
    var line: [UInt8] = []
    while true {
      switch wait() {
      case .stop: return .stopped
      case .interrupted:
        show("\n")
        return .interrupted
      case .ready: break
      }
      switch TerminalInput.readByte(descriptor) {
      case .success(UInt8(ascii: "\n")): return .statement(String(decoding: line, as: UTF8.self))
      case .success(let byte?): line.append(byte)
      case .success(nil):
        return line.isEmpty ? .endOfInput : .statement(String(decoding: line, as: UTF8.self))
      case .failure(let failure):
        if failure.code != EINTR, failure.code != EAGAIN { return .failed(failure.code) }
      }
    }
  }
}
