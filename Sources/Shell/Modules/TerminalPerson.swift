/// Whoever sits at this terminal, to be shown where to sign in.
struct TerminalPerson: Sendable {
  private let browser = Browser(variable: Environment.value)

  /// Opens the address in a browser, or prints it where none can be opened. Returns at once.
  func show(address: String) async {
    if browser.isAvailable, browser.open(address) {
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
