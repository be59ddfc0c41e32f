import Glibc

/// Starts programs by their words, never through a shell.
enum ChildProgram {
  struct Failure: Error {
    /// The system's words.
    let message: String
  }

  /// - Parameters:
  ///   - words: the program, looked up in PATH, and its arguments.
  ///   - actions: what becomes of the descriptors.
  ///   - isDetached: outside of this terminal, whose Ctrl-C does not reach it.
  ///   - variables: `NAME=value`, beside those of this program's environment.
  static func start(
    _ words: [String], _ actions: inout posix_spawn_file_actions_t, isDetached: Bool = false,
    adding variables: [String] = []
  ) throws(Failure) -> pid_t {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    if isDetached { posix_spawnattr_setflags(&attributes, newSession) }
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    let added: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) }
    defer { for text in arguments + added { free(text) } }
    var environment = added
    var variable = environ
    while let text = variable.pointee {
      environment.append(text)
      variable += 1
    }
    var child: pid_t = 0
    let code = posix_spawnp(
      &child, words.first ?? "", &actions, &attributes, &arguments, environment + [nil])
    guard code == 0 else { throw Failure(message: describe(code)) }
    return child
  }

  /// The same, for a program that nobody waits for.
  static func startDetached(_ words: [String], _ actions: inout posix_spawn_file_actions_t) throws(Failure) {
    let child = try start(words, &actions, isDetached: true)
    var thread = pthread_t()
    // Somebody has to take its exit status, or it stays in the process list.
    let code = pthread_create(
      &thread, nil,
      { number in
        waitpid(pid_t(Int(bitPattern: number)), nil, 0)
        return nil
      }, UnsafeMutableRawPointer(bitPattern: Int(child)))
    if code == 0 { pthread_detach(thread) }
  }

  /// POSIX_SPAWN_SETSID, which glibc shows with _GNU_SOURCE only.
  private static let newSession: Int16 = 0x80
}
