/// Why a trace cannot be written.
public struct TraceError: Error, Sendable, CustomStringConvertible {
  /// The trace's file.
  public let path: String
  /// What is the matter, in one line.
  public let message: String

  init(_ path: String, _ message: String) {
    self.path = path
    self.message = message
  }

  /// The path and what is the matter.
  public var description: String { "\(path): \(message)" }
}
