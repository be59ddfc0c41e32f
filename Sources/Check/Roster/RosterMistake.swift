/// A mistake in a roster, with its place.
package struct RosterMistake: Sendable, Hashable, CustomStringConvertible {
  /// The file as it was named on the command line; `-` for standard input.
  package let file: String
  /// From 1; of rows that a program hands in, the row's number.
  package let line: Int
  /// From 1, in characters; nil: the whole row is meant.
  package let column: Int?
  /// What is wrong and what to do about it; never a secret.
  package let message: String
  /// Whether `line` counts rows and not lines.
  package let countsRows: Bool

  package init(file: String, line: Int, column: Int? = nil, message: String, countsRows: Bool = false) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
    self.countsRows = countsRows
  }

  /// `roster.csv:3:7: message`, and of rows that a program hands in `roster.lua: row 3: message`.
  package var description: String {
    Self.place(file, line, column, countsRows: countsRows) + ": \(message)"
  }

  /// `roster.csv:3:7`, or `roster.lua: row 3`.
  static func place(_ file: String, _ line: Int, _ column: Int? = nil, countsRows: Bool) -> String {
    let name = VisibleText.line(file == "-" ? "standard input" : file)
    return countsRows ? "\(name): row \(line)" : "\(name):\(line)\(column.map { ":\($0)" } ?? "")"
  }
}

/// All mistakes of the rosters of a run.
package struct RosterMistakes: Error, Sendable, CustomStringConvertible {
  /// How many are kept.
  package static let limit = 100

  /// The first ones, in the order of their places.
  package internal(set) var mistakes: [RosterMistake] = []
  /// How many there are.
  package internal(set) var count = 0

  mutating func add(_ mistake: @autoclosure () -> RosterMistake) {
    count += 1
    if mistakes.count < Self.limit { mistakes.append(mistake()) }
  }

  /// Those that were noted late in their places.
  ///
  /// - Parameter files: in their order.
  func sorted(_ files: [String]) -> RosterMistakes {
    let numbers = Dictionary(files.enumerated().map { ($1, $0) }) { first, _ in first }
    let keys = mistakes.enumerated().map { (numbers[$1.file] ?? 0, $1.line, $1.column ?? 0, $0) }
    var result = self
    result.mistakes = keys.sorted(by: <).map { mistakes[$0.3] }
    return result
  }

  /// One line for each.
  package var description: String {
    let lines = mistakes.map(\.description)
    let rest = count - mistakes.count
    return (lines + (rest > 0 ? ["and \(rest) more"] : [])).joined(separator: "\n")
  }
}

/// Why a roster cannot be read, whatever is in it.
package struct RosterError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Code: Sendable {
    /// It cannot be opened or read.
    case input
    /// The disk is full, or the run folder cannot be written.
    case spool
  }

  package let code: Code
  /// One line for people that says what to do next.
  package let description: String
}
