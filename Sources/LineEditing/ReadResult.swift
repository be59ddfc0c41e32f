/// What came of asking for a statement.
package enum ReadResult: Equatable, Sendable {
  /// A whole statement, without the last line end; empty when only Enter was pressed.
  case statement(String)
  /// Ctrl-C: what was typed is dropped.
  case interrupted
  /// Ctrl-D on an empty line, or the input ended.
  case endOfInput
  /// The wait was told to stop.
  case stopped
  /// Reading failed with this errno.
  case failed(Int32)
}
