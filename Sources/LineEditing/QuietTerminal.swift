import Glibc

/// A terminal that reads whole lines and signals, but does not show what is typed.
struct QuietTerminal {
  private let descriptor: Int32
  private let before: termios

  /// Nil when the descriptor is no terminal. What was typed before the question is dropped.
  init?(_ descriptor: Int32) {
    var settings = termios()
    guard unsafe tcgetattr(descriptor, &settings) == 0 else { return nil }
    self.descriptor = descriptor
    before = settings
    settings.c_lflag &= ~tcflag_t(ECHO | ECHOE | ECHOK | ECHONL)
    settings.c_lflag |= tcflag_t(ICANON | ISIG)
    settings.c_iflag |= tcflag_t(ICRNL)
    settings.c_iflag &= ~tcflag_t(INLCR | IGNCR)
    guard unsafe tcsetattr(descriptor, TCSAFLUSH, &settings) == 0 else { return nil }
  }

  /// Puts the terminal back.
  func restore() {
    var settings = before
    while unsafe tcsetattr(descriptor, TCSAFLUSH, &settings) != 0, errno == EINTR {}
  }
}
