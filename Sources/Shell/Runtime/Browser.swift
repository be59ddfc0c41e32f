import Glibc
import MFWS

/// The browser of whoever sits here.
struct Browser: Sendable {
  /// A variable of the environment; nil when it is unset or empty.
  let variable: @Sendable (String) -> String?

  /// There is a screen, and it is that of this machine.
  var isAvailable: Bool {
    let names = ["SSH_CONNECTION", "SSH_TTY", "DISPLAY", "WAYLAND_DISPLAY"]
    let found = names.compactMap { name in variable(name).map { (name, $0) } }
    return SignInWay.hasBrowser(Dictionary(uniqueKeysWithValues: found))
  }

  /// - Returns: whether a program for it was started.
  func open(_ address: String) -> Bool {
    // A word that begins with a dash would be an option of the browser.
    guard address.hasPrefix("https://") || address.hasPrefix("http://") else { return false }
    return programs.contains { Self.start($0, address) }
  }

  /// `$BROWSER` is a list of programs, `%s` in one stands for the address (as in Debian's sensible-browser).
  private var programs: [String] {
    let own = variable("BROWSER").map { $0.split(separator: ":").map(String.init) } ?? []
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
