/// How text from a server or a file becomes safe to show, and how wide it is: the caller's business, since it knows the
/// terminal.
package struct TextSafety: Sendable {
  /// One line without anything that a terminal would act on.
  package var line: @Sendable (String) -> String
  /// A whole line of output, which must not be a command to the service that reads the log.
  package var logLine: @Sendable (String) -> String
  /// The columns that text takes, after `line`.
  package var width: @Sendable (String) -> Int

  package init(
    line: @escaping @Sendable (String) -> String, logLine: @escaping @Sendable (String) -> String,
    width: @escaping @Sendable (String) -> Int
  ) {
    self.line = line
    self.logLine = logLine
    self.width = width
  }
}
