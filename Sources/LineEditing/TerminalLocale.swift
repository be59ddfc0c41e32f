import Glibc

/// The character encoding of the terminal.
package enum TerminalLocale {
  /// Takes the encoding from the environment, or UTF-8 where that names none; numbers stay as in C.
  ///
  /// Without it libedit drops every character outside ASCII and `wcwidth` knows none.
  package static func adopt() {
    _ = unsafe setlocale(LC_CTYPE, "")
    if !isUTF8 { _ = unsafe setlocale(LC_CTYPE, "C.UTF-8") }
  }

  private static var isUTF8: Bool {
    guard let name = unsafe nl_langinfo(nl_item(CODESET)) else { return false }
    return unsafe String(cString: name) == "UTF-8"
  }
}
