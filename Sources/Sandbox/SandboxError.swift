/// Why a sandbox could not be made: one line that says what is wrong and what to do about it.
public struct SandboxError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of mistake it is.
  public enum Code: Sendable, Hashable {
    /// The seed is not as documented at ``SandboxSeed``.
    case seed
    /// A fault is not as documented at ``Fault``.
    case fault
    /// The configuration asks for something that is not allowed or not possible.
    case configuration
    /// Another program listens on this port.
    case portTaken
    /// The address cannot be listened on for another reason.
    case listening
  }

  /// What kind of mistake it is.
  public let code: Code
  /// What is wrong and what to do about it, in one line without secrets.
  public let description: String

  init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
