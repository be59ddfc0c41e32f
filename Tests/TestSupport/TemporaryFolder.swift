import Glibc

/// A folder for one test, removed with everything in it.
package final class TemporaryFolder {
  /// Its path, without a slash at the end.
  package let path: String

  /// Makes the folder below `TMPDIR` or `/tmp`.
  package init() throws {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/mfsh-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SupportError("no temporary folder") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(path) }

  /// The path of something in the folder.
  package func path(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file and returns its path.
  @discardableResult
  package func write(_ name: String, _ text: String, mode: UInt32 = 0o600) throws -> String {
    let file = open(path(name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard file >= 0 else { throw SupportError("cannot write \(path(name))") }
    defer { close(file) }
    let bytes = Array(text.utf8)
    guard Glibc.write(file, bytes, bytes.count) == bytes.count else {
      throw SupportError("cannot write \(name)")
    }
    return path(name)
  }

  /// The text of a file in the folder.
  package func read(_ name: String) throws -> String {
    let file = open(path(name), O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw SupportError("no \(name) in \(path)") }
    defer { close(file) }
    var bytes: [UInt8] = []
    while let more = readAvailable(file) { bytes += more }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func remove(_ path: String) {
    if let folder = opendir(path) {
      while let entry = readdir(folder) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { remove(at: "\(path)/\(name)") }
      }
      closedir(folder)
    }
    rmdir(path)
  }

  private static func remove(at path: String) {
    if unlink(path) != 0 { remove(path) }
  }
}
