import Glibc
import HTTP

/// Whoever sits at this terminal, to be shown where to sign in.
struct TerminalPerson: Sendable {
  /// Opens the address in a browser, or prints it where none can be opened. Returns at once.
  func show(address: String) async {
    if Browser.isAvailable, Browser.open(address) {
      OutputStream.error("mfsh: your browser opens to sign in; if it does not, go to \(address)")
    } else {
      OutputStream.error("mfsh: sign in here: \(address)")
    }
  }

  /// Prints where to type a code.
  func show(code: String, at address: String, complete: String?) async {
    OutputStream.error("mfsh: sign in on any device: go to \(address) and type \(code)")
    if let complete { OutputStream.error("mfsh: or go to \(complete)") }
  }
}

/// The browser of whoever sits here.
enum Browser {
  /// There is a screen, and it is that of this machine.
  static var isAvailable: Bool {
    let isRemote = Environment.value("SSH_CONNECTION") != nil || Environment.value("SSH_TTY") != nil
    return !isRemote && (Environment.value("DISPLAY") != nil || Environment.value("WAYLAND_DISPLAY") != nil)
  }

  /// - Returns: whether a program for it was started.
  static func open(_ address: String) -> Bool {
    // A word that begins with a dash would be an option of the browser.
    guard address.hasPrefix("https://") || address.hasPrefix("http://") else { return false }
    return programs.contains { start($0, address) }
  }

  /// `$BROWSER` is a list of programs, `%s` in one stands for the address (as in Debian's sensible-browser).
  private static var programs: [String] {
    let own = Environment.value("BROWSER").map { $0.split(separator: ":").map(String.init) } ?? []
    return own + ["xdg-open"]
  }

  /// Through no shell: an address is data. Nobody waits for it but a child that is detached.
  private static func start(_ program: String, _ address: String) -> Bool {
    var words = program.split(separator: " ").map { String($0).replacing("%s", with: address) }
    if !program.contains("%s") { words.append(address) }
    guard !words.isEmpty else { return false }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // What a browser has to say does not belong on the terminal.
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
    do {
      try ChildProgram.startDetached(words, &actions)
      return true
    } catch {
      return false
    }
  }
}
