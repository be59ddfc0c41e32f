/// The person who signs in: shown where to go, by whoever has a screen.
public protocol SignInPerson: Sendable {
  /// Opens the address in a browser of this machine, or prints it. Returns at once.
  func show(address: String) async
  /// Prints where to type the code, on any device. Returns at once.
  func show(_ code: DeviceCode) async
}

/// What a person needs to sign in on another device (RFC 8628, 3.2). All texts are fit for a terminal.
public struct DeviceCode: Sendable, Hashable {
  /// What to type there.
  public let userCode: String
  /// Where to go.
  public let address: String
  /// An address that holds the code already, when the provider gives one.
  public let completeAddress: String?
  /// Seconds until the code ends.
  public let lifetime: Double
}

/// How a person signs in.
public enum SignInWay: Sendable, Hashable {
  /// With a browser on this machine.
  case browser
  /// With a code that is typed in a browser anywhere.
  case deviceCode
  /// With the browser when there is one, else with a code where the provider offers that.
  case automatic(hasBrowser: Bool)

  /// Whether a browser can be opened for whoever sits here: not over SSH, nor without a screen.
  ///
  /// - Parameter environment: the process's environment variables.
  public static func hasBrowser(_ environment: [String: String]) -> Bool {
    func isSet(_ name: String) -> Bool { !(environment[name] ?? "").isEmpty }
    if isSet("SSH_CONNECTION") || isSet("SSH_TTY") { return false }
    return isSet("DISPLAY") || isSet("WAYLAND_DISPLAY")
  }
}
