import Glibc

/// Whether the terminal shows what is typed while no line is edited; whole lines and signals stay as they are.
package enum TerminalEcho {
  /// Switches it. What was typed before is kept.
  package static func set(_ isOn: Bool) {
    var settings = termios()
    guard unsafe tcgetattr(STDIN_FILENO, &settings) == 0 else { return }
    let wanted = isOn ? settings.c_lflag | tcflag_t(ECHO) : settings.c_lflag & ~tcflag_t(ECHO)
    guard wanted != settings.c_lflag else { return }
    settings.c_lflag = wanted
    _ = unsafe tcsetattr(STDIN_FILENO, TCSANOW, &settings)
  }
}
