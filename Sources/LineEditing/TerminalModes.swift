import Glibc

/// What the kernel does with what is typed while no line is edited.
package enum TerminalModes {
  /// Whether it shows what is typed. What was typed before is kept.
  package static func setEcho(_ isOn: Bool) {
    change { $0.c_lflag = isOn ? $0.c_lflag | tcflag_t(ECHO) : $0.c_lflag & ~tcflag_t(ECHO) }
  }

  /// From here on Ctrl-C and Ctrl-Z are signals and Enter ends a line, though keys still come one by one.
  static func takeSignals() {
    change {
      $0.c_lflag |= tcflag_t(ISIG)
      $0.c_iflag |= tcflag_t(ICRNL)
    }
  }

  private static func change(_ change: (inout termios) -> Void) {
    var settings = termios()
    guard unsafe tcgetattr(STDIN_FILENO, &settings) == 0 else { return }
    let before = (settings.c_lflag, settings.c_iflag)
    change(&settings)
    guard before != (settings.c_lflag, settings.c_iflag) else { return }
    _ = unsafe tcsetattr(STDIN_FILENO, TCSANOW, &settings)
  }
}
