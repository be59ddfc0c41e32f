import Glibc

/// The file of the history: private to its owner, appended to under a lock, never reached through a link.
///
/// Sessions side by side write it. Whoever has locked it makes sure that it is still the file of that name, since
/// `rewrite` puts another in its place.
struct HistoryFile {
  let path: String
  /// A folder above the file that is not made when it is missing.
  let home: String?
  /// Bytes; a file that grows beyond keeps its newest entries, half as much.
  var limit = 4 << 20

  /// Of a larger file only the end is read.
  static let readLimit = 8 << 20
  /// How often the lock is asked for, with 5 ms in between.
  private static let lockAttempts = 200

  /// Appends entries, and writes others in place of earlier ones.
  ///
  /// All of it or nothing is written, whenever the program is killed.
  func append(
    _ entries: [HistoryEntry], replacing: [HistoryEntry: HistoryEntry] = [:]
  ) throws(HistoryFailure) {
    makeFolders()
    let file = try openLocked()
    defer { file.close() }
    let lines = entries.flatMap(\.line)
    var size = try file.size()
    if !replacing.isEmpty || size + lines.count > limit {
      do { return try rewrite(file, size, replacing, adding: lines) } catch {
        // No room for another file, for instance: a secret goes all the same.
        if !replacing.isEmpty { try blank(Set(replacing.keys.map(\.line)), in: file, size) }
      }
    }
    size = try file.dropTornLine(size)
    let isTorn = size > 0 && file.read(size - 1..<size) != [UInt8(ascii: "\n")]
    try file.append((isTorn ? [UInt8(ascii: "\n")] : []) + lines + rewritten(replacing), at: size)
  }

  private func rewritten(_ replacing: [HistoryEntry: HistoryEntry]) -> [UInt8] {
    replacing.values.sorted { $0.time < $1.time }.flatMap(\.line)
  }

  /// Puts a new file in its place: the lines of this one, some replaced, and more behind them.
  private func rewrite(
    _ file: HistoryDescriptor, _ size: Int, _ replacing: [HistoryEntry: HistoryEntry], adding lines: [UInt8]
  ) throws(HistoryFailure) {
    let room = size + lines.count > limit ? max(0, limit / 2 - lines.count) : Int.max
    let replaced = Dictionary(replacing.map { ($0.key.line, $0.value.line) }) { $1 }
    var kept: [[UInt8]] = []
    var count = 0
    for line in file.lines(max(0, size - Self.readLimit)..<size).reversed() {
      let line = replaced[Array(line) + [UInt8(ascii: "\n")]] ?? Array(line) + [UInt8(ascii: "\n")]
      count += line.count
      if count > room { break }
      kept.append(line)
    }
    try HistoryDescriptor.replace(path, with: kept.reversed().flatMap { $0 } + lines)
  }

  /// Overwrites lines with spaces, where they stand.
  private func blank(
    _ lines: Set<[UInt8]>, in file: HistoryDescriptor, _ size: Int
  ) throws(HistoryFailure) {
    // Linux appends with O_APPEND wherever pwrite is told to write.
    let writer = try HistoryDescriptor.open(path, O_RDWR)
    defer { writer.close() }
    let start = max(0, size - Self.readLimit)
    let text = file.read(start..<size)
    for line in text.split(separator: UInt8(ascii: "\n")) where lines.contains(line + [UInt8(ascii: "\n")]) {
      try writer.write(Array(repeating: UInt8(ascii: " "), count: line.count), at: start + line.startIndex)
    }
  }

  /// Makes the folders above the file that are missing; whether it worked shows when the file is opened.
  private func makeFolders() {
    var folder = ""
    for name in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
      folder += name + "/"
      let isAboveHome = home.map { "\($0)/".hasPrefix(folder) } ?? false
      if folder != "/", !isAboveHome { _ = unsafe mkdir(folder, 0o700) }
    }
  }

  /// The file under its lock, which goes with the descriptor. It is asked for, not waited for: the prompt must come.
  private func openLocked() throws(HistoryFailure) -> HistoryDescriptor {
    for _ in 0..<Self.lockAttempts {
      let file = try HistoryDescriptor.open(path, O_RDWR | O_APPEND | O_CREAT)
      if file.lock(), file.isStill(at: path) { return file }
      file.close()
      usleep(5_000)
    }
    throw HistoryFailure(path, EWOULDBLOCK)
  }
}
