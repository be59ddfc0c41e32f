import CLuaBridge

/// Standard output through the buffer that Lua's io library uses, so that the order of lines is kept.
package enum StandardOutput {
  /// Writes bytes. False: it cannot be written.
  @discardableResult
  package static func write(_ bytes: [UInt8]) -> Bool {
    unsafe bytes.withUnsafeBytes {
      unsafe bridge_stdout_write($0.assumingMemoryBound(to: CChar.self).baseAddress, $0.count)
    }
  }

  /// Writes a text.
  @discardableResult
  package static func write(_ text: String) -> Bool { write(Array(text.utf8)) }

  /// Writes out the buffer. False: something of what was written since the start is lost.
  package static func flush() -> Bool { bridge_stdout_flush() }
}
