import Glibc

/// Reads and writes of an open file that go on until all is done, whatever interrupts them.
package enum WholeTransfer {
  /// Writes all bytes.
  ///
  /// - Returns: the error number, `ENOSPC` where no more is taken; nil: all are written.
  package static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    unsafe bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let count = unsafe Glibc.write(
          descriptor, buffer.baseAddress.map { unsafe $0 + written }, buffer.count - written)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return count < 0 ? errno : ENOSPC }
        written += count
      }
      return nil
    }
  }

  /// Reads up to `count` bytes from `offset`; fewer at the file's end.
  ///
  /// - Returns: the bytes, or the error number.
  package static func read(
    _ count: Int, at offset: Int, from descriptor: Int32
  ) -> (bytes: [UInt8], fault: Int32?) {
    var fault: Int32?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      while used < count {
        let step = unsafe pread(
          descriptor, buffer.baseAddress.map { unsafe $0 + used }, count - used, off_t(offset + used))
        if step < 0, errno == EINTR { continue }
        if step < 0 { fault = errno }
        guard step > 0 else { return }
        used += step
      }
    }
    return (bytes, fault)
  }
}
