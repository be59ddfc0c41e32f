import Glibc

/// A folder for one test, removed with everything in it.
package final class TemporaryFolder {
  /// Its path, without a slash at the end.
  package let path: String
  private let evidence = Evidence()
  /// The files that the test itself wrote, with what it wrote.
  private var inputs: [String: [UInt8]] = [:]
  private var disregarded: Set<String> = []

  /// Makes the folder below `TMPDIR` or `/tmp`.
  package init() throws {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/mfsh-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SupportError("no temporary folder") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { remove(path) }

  /// The path of something in the folder.
  package func path(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file and returns its path.
  @discardableResult
  package func write(_ name: String, _ text: String, mode: UInt32 = 0o600) throws -> String {
    let file = open(path(name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard file >= 0 else { throw SupportError("cannot write \(path(name))") }
    defer { close(file) }
    let bytes = Array(text.utf8)
    inputs[path(name)] = bytes
    guard Glibc.write(file, bytes, bytes.count) == bytes.count else {
      throw SupportError("cannot write \(name)")
    }
    return path(name)
  }

  /// Keeps a file that is not the work of our programs out of the search for secrets.
  package func disregard(_ name: String, because _: String) { disregarded.insert(path(name)) }

  /// The text of a file in the folder.
  package func read(_ name: String) throws -> String {
    guard let bytes = Self.content(of: path(name)) else { throw SupportError("no \(name) in \(path)") }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func content(of path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    while let more = readAvailable(file) { bytes += more }
    return bytes
  }

  private func remove(_ path: String) {
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

  private func remove(at path: String) {
    keep(path)
    if unlink(path) != 0 { remove(path) }
  }

  /// What the programs under test have made is looked through after the tests.
  private func keep(_ file: String) {
    var status = stat()
    guard Evidence.isKept, !disregarded.contains(file), lstat(file, &status) == 0,
      status.st_mode & S_IFMT == S_IFREG,
      let bytes = Self.content(of: file), inputs[file] != bytes
    else { return }
    evidence.record(bytes, as: String(file.dropFirst(path.count + 1)))
  }
}
