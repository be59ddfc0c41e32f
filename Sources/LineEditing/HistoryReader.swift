import Glibc

/// Reads the history's file piece by piece, as sessions side by side append to it.
struct HistoryReader {
  /// What has come since the last reading.
  enum News {
    case more([HistoryEntry])
    /// Instead of all that was read before: another file has taken the name.
    case all([HistoryEntry])
  }

  private let path: String
  private let limit: Int
  private var seen: Mark?
  /// Lines so far that were no entries.
  private(set) var brokenLines = 0

  /// How far a file has been read.
  private struct Mark {
    let device: dev_t
    let inode: ino_t
    let change: timespec
    let size: off_t
    /// Where the next entry begins.
    let offset: Int
    /// The bytes before it. A file that replaces another may get its inode.
    let before: [UInt8]

    static func span(before offset: Int) -> Range<Int> { max(0, offset - 128)..<offset }
  }

  /// - Parameter limit: how many entries are read, the newest.
  init(path: String, limit: Int) {
    self.path = path
    self.limit = limit
  }

  /// Whether nothing was read yet.
  var isFresh: Bool { seen == nil }

  /// Nil: nothing has changed, or there is no file that can be read.
  mutating func next() -> News? {
    if isUnchanged { return nil }
    guard let file = try? HistoryDescriptor.open(path, O_RDONLY), let status = file.status else { return nil }
    defer { file.close() }
    let size = Int(status.st_size)
    let continued = seen.flatMap { $0.offset <= size && isContinued($0, file, status) ? $0.offset : nil }
    let start = max(continued ?? 0, size - HistoryFile.readLimit)
    let lines = file.lines(start..<size).suffix(limit)
    let end = lines.last.map { start + $0.endIndex + 1 } ?? start
    let entries = lines.compactMap { HistoryEntry(line: $0) }
    if continued == nil { brokenLines = 0 }
    // Spaces were written over a secret that could not be kept.
    brokenLines += lines.count { $0.contains { $0 != UInt8(ascii: " ") } } - entries.count
    seen = Mark(
      device: status.st_dev, inode: status.st_ino, change: status.st_mtim, size: status.st_size, offset: end,
      before: file.read(Mark.span(before: end)))
    return continued == nil ? .all(entries) : .more(entries)
  }

  private var isUnchanged: Bool {
    var status = stat()
    guard let seen, unsafe lstat(path, &status) == 0 else { return false }
    return seen.inode == status.st_ino && seen.device == status.st_dev && seen.size == status.st_size
      && seen.change.tv_sec == status.st_mtim.tv_sec && seen.change.tv_nsec == status.st_mtim.tv_nsec
  }

  private func isContinued(_ mark: Mark, _ file: HistoryDescriptor, _ status: stat) -> Bool {
    mark.inode == status.st_ino && mark.device == status.st_dev
      && file.read(Mark.span(before: mark.offset)) == mark.before
  }
}
