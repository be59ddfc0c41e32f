import MFWS

/// Whoever sits at this terminal, to be shown where to sign in.
struct TerminalPerson: SignInPerson {
  let waiting: WaitingDisplay
  private let browser = Browser(variable: Environment.value)

  init(_ waiting: WaitingDisplay) { self.waiting = waiting }

  /// Opens the address in a browser, or prints it where none can be opened. Returns at once.
  func show(address: String) async {
    waiting.clear()
    if browser.isAvailable, browser.open(address) {
      OutputStream.error("mfsh: your browser opens to sign in; if it does not, go to \(address)")
    } else {
      OutputStream.error("mfsh: sign in here: \(address)")
    }
  }

  /// Prints where to type a code.
  func show(_ code: DeviceCode) async {
    waiting.clear()
    OutputStream.error("mfsh: sign in on any device: go to \(code.address) and type \(code.userCode)")
    if let address = code.completeAddress { OutputStream.error("mfsh: or go to \(address)") }
  }
}
