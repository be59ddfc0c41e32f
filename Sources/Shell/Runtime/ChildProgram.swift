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
  ///   - hasOwnGroup: in a process group of its own, whose number is the child's.
  ///   - variables: `NAME=value`, beside those of this program's environment.
  static func start(
    _ words: [String], _ actions: inout posix_spawn_file_actions_t, isDetached: Bool = false,
    hasOwnGroup: Bool = false, adding variables: [String] = []
  ) throws(Failure) -> pid_t {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    if isDetached { posix_spawnattr_setflags(&attributes, newSession) }
    if hasOwnGroup { posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP)) }
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

  /// The words that run what a variable such as `PAGER` says, with arguments behind them.
  static func words(_ command: String, adding arguments: [String] = []) -> [String] {
    // A shell only where there is something for it to do: it would stand between us and the program.
    guard command.contains(where: { "|&;<>()$`\\\"'*?[#~=%{".contains($0) }) else {
      return command.split(whereSeparator: \.isWhitespace).map(String.init) + arguments
    }
    return ["/bin/sh", "-c", arguments.isEmpty ? command : command + " \"$@\"", "sh"] + arguments
  }

  /// Starts a program that nobody waits for.
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
