import Glibc

/// The user's settings for programs with libedit.
enum UserSettings {
  /// `$EDITRC`, or `~/.editrc`.
  static var path: String? {
    if let path = unsafe getenv("EDITRC") { return unsafe String(cString: path) }
    return unsafe getenv("HOME").map { unsafe String(cString: $0) + "/.editrc" }
  }

  /// Whether there are any that can be read.
  static var exist: Bool { path.map { unsafe access($0, R_OK) == 0 } ?? false }
}
