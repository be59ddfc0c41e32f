import Glibc

/// One search. The current folder is the one with the evidence.
struct Sweep {
  struct Failure: Error, CustomStringConvertible { let description: String }

  private struct Needle {
    let name: String
    let form: String
  }
  private var needles: [[UInt8]: Needle] = [:]
  private let secretCount: Int

  init() throws {
    let entries = try Self.fields(of: "secrets", perEntry: 2)
    var known: Set<[UInt8]> = []
    for entry in entries where known.insert(entry[1]).inserted {
      let name = String(decoding: entry[0], as: UTF8.self)
      for (form, bytes) in SecretForms.all(of: entry[1]) where needles[bytes] == nil {
        needles[bytes] = Needle(name: name, form: form)
      }
    }
    secretCount = known.count
  }

  /// Sizes, for the report.
  var summary: String {
    let files = Self.output(of: "find produced -type f -printf x 2>/dev/null").bytes.count
    let sizes = Self.output(of: "find produced -type f -printf '%s\\n' 2>/dev/null").bytes
    let total = sizes.split(separator: 0x0A).reduce(0) {
      $0 + (Int(String(decoding: $1, as: UTF8.self)) ?? 0)
    }
    return "\(files) files, \(total) bytes, \(secretCount) secrets"
  }

  /// A line for each file and secret.
  func findings() throws -> [String] {
    guard access("produced", F_OK) == 0, !needles.isEmpty else { return [] }
    try write(Array(needles.keys.joined(separator: [0x0A])) + [0x0A], to: "patterns")
    defer { unlink("patterns") }
    // With the name of the file before each match, and a NUL between them.
    let (bytes, status) = Self.output(of: "LC_ALL=C grep -raoZFf patterns produced")
    guard status == 0 || status == 1 else { throw Failure(description: "grep failed with \(status)") }
    let lines = bytes.split(separator: 0x0A).compactMap { finding($0) }
    guard lines.isEmpty == (status == 1) else {
      throw Failure(description: "grep's answer cannot be read")
    }
    return Set(lines).sorted()
  }

  private func finding(_ line: ArraySlice<UInt8>) -> String? {
    guard let end = line.firstIndex(of: 0), let needle = needles[Array(line[(end + 1)...])] else {
      return nil
    }
    let file = String(decoding: line[..<end], as: UTF8.self)
    return "\(file) shows the \(needle.name) \(needle.form)"
  }

  // MARK: files and programs

  private static func fields(of path: String, perEntry count: Int) throws -> [[[UInt8]]] {
    let fields = read(path).split(separator: 0, omittingEmptySubsequences: false).dropLast().map { Array($0) }
    guard fields.count % count == 0 else { throw Failure(description: "\(path) is torn") }
    return stride(from: 0, to: fields.count, by: count).map { Array(fields[$0..<($0 + count)]) }
  }

  private static func read(_ path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    return rest(of: file)
  }

  private static func output(of command: String) -> (bytes: [UInt8], status: Int32) {
    guard let pipe = popen(command, "r") else { return ([], 127) }
    let bytes = rest(of: pipe)
    return (bytes, pclose(pipe) >> 8)
  }

  private static func rest(of file: UnsafeMutablePointer<FILE>) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
    return bytes
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    guard let file = fopen(path, "w") else { throw Failure(description: "cannot write \(path)") }
    let count = fwrite(bytes, 1, bytes.count, file)
    guard fclose(file) == 0, count == bytes.count else { throw Failure(description: "cannot write \(path)") }
  }
}
