import CEditLine
package import Glibc

/// The terminal in the hands of another program, whose process group is the one in front meanwhile: Ctrl-C and Ctrl-Z
/// are that program's.
package struct TerminalLoan {
  private let settings: termios?
  /// Nil: there is no terminal that can be lent, and the other program stays in this one's group.
  private let group: pid_t?

  /// Notes how the terminal is set now.
  package init() {
    var settings = termios()
    self.settings = unsafe tcgetattr(STDIN_FILENO, &settings) == 0 ? settings : nil
    group = tcgetpgrp(STDIN_FILENO) == getpgrp() ? getpgrp() : nil
  }

  /// Whether the other program is to be started in a process group of its own.
  package var needsOwnGroup: Bool { group != nil }

  /// Has the terminal lent to the program that is started with these actions, before its first instruction.
  package func add(to actions: inout posix_spawn_file_actions_t) {
    if needsOwnGroup { _ = unsafe editline_add_foreground(&actions, STDIN_FILENO) }
  }

  /// Lends it again, to a program that was stopped.
  package func lend(to program: Int32) {
    if needsOwnGroup { Self.setGroup(program) }
  }

  /// Takes it back, set as it was before.
  package func takeBack() {
    if let group { Self.setGroup(group) }
    guard var settings else { return }
    Self.unstopped { _ = unsafe tcsetattr(STDIN_FILENO, TCSADRAIN, &settings) }
  }

  /// Stops this program, as Ctrl-Z does, until it is in front again. Where nobody could continue it, nothing happens.
  package func stopHere() {
    while true {
      kill(0, SIGTSTP)
      let front = tcgetpgrp(STDIN_FILENO)
      if group == nil || front < 0 || front == group { return }
      // Continued behind another program: stopped again, as for reading the terminal.
      usleep(20_000)
    }
  }

  private static func setGroup(_ group: pid_t) {
    unstopped { _ = tcsetpgrp(STDIN_FILENO, group) }
  }

  /// A program that is not in front would be stopped for touching the terminal.
  private static func unstopped(_ body: () -> Void) {
    var stop = sigset_t()
    var former = sigset_t()
    unsafe sigemptyset(&stop)
    unsafe sigaddset(&stop, SIGTTOU)
    unsafe pthread_sigmask(SIG_BLOCK, &stop, &former)
    body()
    unsafe pthread_sigmask(SIG_SETMASK, &former, nil)
  }
}
