import Glibc
import HTTP
import LineEditing
import MFWS

/// Where secrets come from. All failures are `client.secret`.
enum SecretSource {
  /// The first line of a file that only its owner can read.
  static func file(_ path: String) throws(MFWSError) -> Secret {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .secret("\(path): \(describe(errno))") }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .secret("\(path): \(describe(errno))") }
    let isRegular = status.st_mode & S_IFMT == S_IFREG
    guard !isRegular || status.st_mode & 0o077 == 0 else {
      throw .secret("\(path) can be read by others: chmod 600 \(path)")
    }
    return try firstLine(of: descriptor, named: path)
  }

  /// The value of a variable of the environment.
  static func environment(_ name: String) throws(MFWSError) -> Secret {
    guard let value = Environment.value(name) else { throw .secret("the variable \(name) is not set") }
    return Secret(value)
  }

  /// The first line that a program prints.
  ///
  /// - Parameters:
  ///   - words: the program, looked up in PATH, and its arguments.
  ///   - name: what errors call it; the program's name when nil.
  static func command(_ words: [String], named name: String? = nil) throws(MFWSError) -> Secret {
    guard let name = name ?? words.first else { throw .secret("the command for the password is empty") }
    let (child, output) = try start(words, named: name)
    defer { close(output) }
    let secret = Result { () throws(MFWSError) in try firstLine(of: output, named: name) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    guard status == 0 else { throw .secret("\(name) failed: \(outcome(status))") }
    return try secret.get()
  }

  /// The first line of standard input, and no byte more: the rest may be for somebody else.
  static func standardInput() throws(MFWSError) -> Secret {
    try firstLine(of: STDIN_FILENO, named: "standard input")
  }

  /// What somebody types on the terminal, without echo.
  ///
  /// - Parameter otherwise: what to use where there is none.
  static func question(
    _ prompt: String, otherwise: String = "--password-stdin, --password-command or MFILES_PASS"
  ) throws(MFWSError) -> Secret {
    _ = OutputStream.flush()
    switch PasswordQuestion.ask(prompt: TerminalText.line(prompt)) {
    case .answer(let bytes): return Secret(bytes: bytes)
    case .interrupted: throw MFWSError(.clientCancelled, "interrupted")
    case .endOfInput: throw .secret("no password was typed")
    case .noTerminal:
      throw .secret("there is no terminal to ask for the password on: use \(otherwise)")
    }
  }

  private static func start(_ words: [String], named name: String) throws(MFWSError) -> (pid_t, Int32) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw .secret("\(name): \(describe(errno))") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[1]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
    do {
      return (try ChildProgram.start(words, &actions), ends[0])
    } catch {
      close(ends[0])
      throw .secret("\(name) cannot be run: \(error.message)")
    }
  }

  private static func firstLine(of descriptor: Int32, named name: String) throws(MFWSError) -> Secret {
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while line.count < 65536 {
      let count = read(descriptor, &byte, 1)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .secret("\(name): \(describe(errno))") }
      if count == 0 || byte == 0x0A { break }
      line.append(byte)
    }
    if line.last == 0x0D { line.removeLast() }
    guard !line.isEmpty else { throw .secret("\(name) has no password in its first line") }
    return Secret(bytes: line)
  }

  /// What `waitpid` says, in words.
  static func outcome(_ status: Int32) -> String {
    status & 0x7F == 0 ? "exit status \(status >> 8 & 0xFF)" : "signal \(status & 0x7F)"
  }
}

/// The system's words for an error number.
func describe(_ code: Int32) -> String { String(cString: strerror(code)) }

extension MFWSError {
  static func secret(_ message: String) -> MFWSError { MFWSError(.clientSecret, message) }
}
