import Glibc

/// The file of the history: private to its owner, appended to under a lock, never reached through a link.
struct HistoryFile {
  let path: String
  /// Where this program's own entries begin.
  private let initialSize: Int

  init(_ path: String) {
    self.path = path
    var status = stat()
    initialSize = unsafe lstat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Of a larger file only the end is read.
  private static let readLimit = 8 << 20
  /// How long another program may hold the lock.
  private static let lockAttempts = 50

  /// The newest entries of those that were there at init; none when the file cannot be read.
  func entries(limit: Int) -> [HistoryEntry] {
    let descriptor = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    guard Self.regularSize(descriptor) != nil else { return [] }
    let start = max(0, initialSize - Self.readLimit)
    return HistoryEntry.entries(in: Self.read(descriptor, start..<initialSize), limit: limit)
  }

  /// Appends an entry; the reason when that is not possible.
  func append(_ entry: HistoryEntry) -> String? {
    makeFolders()
    let flags = O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK
    let descriptor = unsafe open(path, flags, 0o600)
    guard descriptor >= 0 else { return problem(errno) }
    defer { close(descriptor) }
    guard let size = Self.regularSize(descriptor) else { return "history: \(path) is not a regular file" }
    guard fchmod(descriptor, 0o600) == 0 else { return problem(errno) }
    guard Self.lock(descriptor) else { return problem(errno) }
    var line = entry.line
    // A write that was cut short must not spoil the next entry.
    if size > 0, Self.read(descriptor, size - 1..<size) != [UInt8(ascii: "\n")] {
      line.insert(UInt8(ascii: "\n"), at: 0)
    }
    let written = unsafe line.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
    return written == line.count ? nil : problem(written < 0 ? errno : ENOSPC)
  }

  private func problem(_ code: Int32) -> String {
    let reason = unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
    return "history: cannot write \(path): \(reason)"
  }

  /// Makes the folders above the file that are missing; whether it worked shows when the file is opened.
  private func makeFolders() {
    var folder = ""
    for name in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
      folder += name + "/"
      if folder != "/" { _ = unsafe mkdir(folder, 0o700) }
    }
  }

  /// The lock goes with the descriptor. It is asked for, not waited for: the prompt must come.
  private static func lock(_ descriptor: Int32) -> Bool {
    for _ in 0..<lockAttempts {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
      guard errno == EWOULDBLOCK || errno == EINTR else { return false }
      usleep(2_000)
    }
    errno = EWOULDBLOCK
    return false
  }

  private static func regularSize(_ descriptor: Int32) -> Int? {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  private static func read(_ descriptor: Int32, _ range: Range<Int>) -> [UInt8] {
    var result: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while result.count < range.count {
      let position = off_t(range.lowerBound + result.count)
      let count = unsafe chunk.withUnsafeMutableBytes {
        unsafe pread(descriptor, $0.baseAddress, $0.count, position)
      }
      guard count > 0 else { break }
      result += chunk[..<count]
    }
    return Array(result.prefix(range.count))
  }
}
