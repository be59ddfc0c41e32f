import CTestSupport
import Glibc

/// Starts programs with posix_spawn.
enum Spawn {
  /// What the three standard descriptors become.
  enum Streams {
    /// All three are this terminal, which becomes the controlling one of a new session.
    case terminal(path: String)
    /// Descriptors of this process.
    case descriptors(input: Int32, output: Int32, error: Int32)
  }

  static func start(
    _ command: [String], environment: [String: String], folder: String?, streams: Streams
  ) throws
    -> Child
  {
    guard let program = command.first else { throw SupportError("no program given") }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    add(streams, to: &actions)
    if let folder { _ = support_change_folder(&actions, folder) }
    _ = support_close_from(&actions, 3)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    configure(&attributes, streams)
    var id: pid_t = 0
    let code = withPointers(command) { arguments in
      withPointers(environment.map { "\($0)=\($1)" }) {
        posix_spawnp(&id, program, &actions, &attributes, arguments, $0)
      }
    }
    guard code == 0 else { throw SupportError("cannot start \(program): \(String(cString: strerror(code)))") }
    return Child(id: id)
  }

  /// The environment of this process as far as programs need it, with `changes` on top.
  static func environment(_ changes: [String: String]) -> [String: String] {
    var result = ["PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/nonexistent"]
    for name in ["PATH", "LD_LIBRARY_PATH", "TMPDIR", "LLVM_PROFILE_FILE", Evidence.variable] {
      if let value = getenv(name) { result[name] = String(cString: value) }
    }
    return result.merging(changes) { $1 }
  }

  private static func add(_ streams: Streams, to actions: inout posix_spawn_file_actions_t) {
    switch streams {
    case .terminal(let path):
      // The first terminal that the leader of a session opens becomes its controlling one.
      posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
      posix_spawn_file_actions_adddup2(&actions, 0, 1)
      posix_spawn_file_actions_adddup2(&actions, 0, 2)
    case .descriptors(let input, let output, let error):
      posix_spawn_file_actions_adddup2(&actions, input, 0)
      posix_spawn_file_actions_adddup2(&actions, output, 1)
      posix_spawn_file_actions_adddup2(&actions, error, 2)
    }
  }

  /// Signals as a program expects them, whatever the test runner did; a session of its own in every case, so that
  /// no program finds the terminal of whoever runs the tests.
  private static func configure(_ attributes: inout posix_spawnattr_t, _ streams: Streams) {
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    let flags = Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) | support_new_session_flag()
    posix_spawnattr_setflags(&attributes, flags)
  }

  private static func withPointers<R>(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> R
  ) -> R {
    let pointers = texts.map { strdup($0) }
    defer { pointers.forEach { free($0) } }
    return body(pointers + [nil])
  }
}
