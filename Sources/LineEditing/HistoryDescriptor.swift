import Glibc

/// The open file of the history.
struct HistoryDescriptor {
  private let path: String
  private let number: Int32

  /// Opens a regular file that is no link; what is made, and what is to be written, is private to its owner.
  static func open(_ path: String, _ flags: Int32) throws(HistoryFailure) -> HistoryDescriptor {
    let number = unsafe Glibc.open(path, flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0o600)
    guard number >= 0 else { throw HistoryFailure(path, errno) }
    let file = HistoryDescriptor(path: path, number: number)
    guard let status = file.status, status.st_mode & S_IFMT == S_IFREG else {
      file.close()
      throw HistoryFailure(path, because: "it is not a regular file")
    }
    if flags & O_RDWR != 0, status.st_mode & 0o777 != 0o600, fchmod(number, 0o600) != 0 {
      defer { file.close() }
      throw HistoryFailure(path, errno)
    }
    return file
  }

  /// Puts a new file of this content in the place of another, at once.
  static func replace(_ path: String, with content: [UInt8]) throws(HistoryFailure) {
    let temporary = path + ".new"
    // Left over by a program that was killed: whoever is here holds the lock.
    _ = unsafe unlink(temporary)
    let file = try open(temporary, O_RDWR | O_CREAT | O_EXCL)
    defer { file.close() }
    do throws(HistoryFailure) {
      try file.write(content, at: 0)
      guard fdatasync(file.number) == 0, unsafe rename(temporary, path) == 0 else {
        throw HistoryFailure(path, errno)
      }
    } catch {
      _ = unsafe unlink(temporary)
      throw error
    }
  }

  func close() { _ = Glibc.close(number) }

  /// Nil when the file system does not tell.
  var status: stat? {
    var status = stat()
    return unsafe fstat(number, &status) == 0 ? status : nil
  }

  /// Bytes.
  func size() throws(HistoryFailure) -> Int {
    guard let status else { throw HistoryFailure(path, errno) }
    return Int(status.st_size)
  }

  /// Whether the lock was free and is ours now.
  func lock() -> Bool { flock(number, LOCK_EX | LOCK_NB) == 0 }

  /// Whether no other file has taken the name meanwhile.
  func isStill(at path: String) -> Bool {
    var named = stat()
    guard let status, unsafe lstat(path, &named) == 0 else { return false }
    return named.st_ino == status.st_ino && named.st_dev == status.st_dev
  }

  /// Bytes of the file, as far as it has them.
  func read(_ range: Range<Int>) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: range.count)
    var count = 0
    while count < range.count {
      let step = unsafe result.withUnsafeMutableBytes {
        unsafe pread(
          number, $0.baseAddress.map { unsafe $0 + count }, $0.count - count, off_t(range.lowerBound + count))
      }
      if step < 0, errno == EINTR { continue }
      guard step > 0 else { break }
      count += step
    }
    return Array(result.prefix(count))
  }

  /// The whole lines in a range, without their ends; what begins before it or goes on behind it is left out.
  func lines(_ range: Range<Int>) -> [ArraySlice<UInt8>] {
    let text = read(range)
    guard let last = text.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
    let lines = text[..<last].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let isWhole = range.lowerBound == 0 || read(range.lowerBound - 1..<range.lowerBound).first == 0x0A
    return lines.dropFirst(isWhole ? 0 : 1).filter { !$0.isEmpty }
  }

  /// Takes away what follows the last line's end: whoever wrote it was killed. Gives the size that is left.
  func dropTornLine(_ size: Int) throws(HistoryFailure) -> Int {
    let start = max(0, size - HistoryEntry.statementLimit)
    let end = read(start..<size).lastIndex(of: UInt8(ascii: "\n")).map { start + $0 + 1 } ?? start
    guard end < size, end > 0 || start == 0 else { return size }
    // An entry that only lacks its end stays, and so does what is too long to be one.
    if start == end && start > 0 || HistoryEntry(line: read(end..<size)[...]) != nil { return size }
    guard ftruncate(number, off_t(end)) == 0 else { throw HistoryFailure(path, errno) }
    return end
  }

  /// Appends all bytes, or none.
  func append(_ bytes: [UInt8], at size: Int) throws(HistoryFailure) {
    do { try write(bytes, at: size) } catch {
      _ = ftruncate(number, off_t(size))
      throw error
    }
  }

  /// Writes all bytes there; where the file was opened to append, at its end.
  func write(_ bytes: [UInt8], at offset: Int) throws(HistoryFailure) {
    var count = 0
    while count < bytes.count {
      let step = unsafe bytes.withUnsafeBytes {
        unsafe pwrite(
          number, $0.baseAddress.map { unsafe $0 + count }, bytes.count - count, off_t(offset + count))
      }
      if step < 0, errno == EINTR { continue }
      guard step > 0 else { throw HistoryFailure(path, step < 0 ? errno : ENOSPC) }
      count += step
    }
  }
}
