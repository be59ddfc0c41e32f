import Glibc

/// Whole files.
enum FileContent {
  /// - Throws: `UsageError` that names the file and the reason.
  static func read(_ path: String) throws(UsageError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    return try readAll(descriptor, named: path)
  }

  static func readAll(_ descriptor: Int32, named name: String) throws(UsageError) -> [UInt8] {
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(name) }
      if count == 0 { return content }
      content.append(contentsOf: chunk[..<count])
    }
  }

  private static func failure(_ name: String) -> UsageError {
    let reason = describe(errno)
    return UsageError("cannot read \(name): \(reason); check the path")
  }
}
