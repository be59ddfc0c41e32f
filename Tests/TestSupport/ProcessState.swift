import Glibc

/// What the system tells of a process.
struct ProcessState {
  /// Whether its first thread waits for something.
  let isSleeping: Bool
  let group: pid_t
  /// The processor time of all its threads, in seconds.
  let processorSeconds: Double

  /// Nil when there is none of this id.
  init?(of id: pid_t) {
    let file = open("/proc/\(id)/stat", O_RDONLY | O_CLOEXEC)
    defer { close(file) }
    // The name in parentheses may hold anything.
    guard file >= 0, let bytes = readAvailable(file), let name = bytes.lastIndex(of: UInt8(ascii: ")")) else {
      return nil
    }
    let fields = String(decoding: bytes[(name + 1)...], as: UTF8.self).split(separator: " ")
    guard fields.count > 12, let group = pid_t(fields[2]), let user = Double(fields[11]),
      let system = Double(fields[12])
    else { return nil }
    isSleeping = fields[0] == "S"
    self.group = group
    processorSeconds = (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  /// Those of a process group that have not ended.
  static func all(in group: pid_t) -> [ProcessState] {
    guard let folder = opendir("/proc") else { return [] }
    defer { closedir(folder) }
    var found: [ProcessState] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if let id = pid_t(name), getpgid(id) == group, let state = ProcessState(of: id) { found.append(state) }
    }
    return found
  }
}
