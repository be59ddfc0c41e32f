package import MFWS

/// A row as its file spells it.
package struct RosterRecord: Sendable {
  /// A named value with its place.
  package struct Cell: Sendable {
    package var name: String
    package var value: JSONValue
    /// From 1.
    package var line: Int
    /// From 1, in characters; nil: unknown.
    package var column: Int?

    package init(_ name: String, _ value: JSONValue, line: Int, column: Int? = nil) {
      self.name = name
      self.value = value
      self.line = line
      self.column = column
    }
  }

  package var cells: [Cell]
  /// The line in which it begins, from 1; of rows that a program hands in, the row's number.
  package var line: Int
  /// What the reader found wrong with it; such a row is not looked into further.
  package var faults: [RecordFault] = []
  /// By what name its secret is known, of a row that brings the secret itself.
  package var ownSecret: String?

  package init(_ cells: [Cell], line: Int) {
    self.cells = cells
    self.line = line
  }

  /// A row that a program hands in.
  ///
  /// - Parameter number: counts such rows from 1.
  package init(_ fields: [String: JSONValue], number: Int) {
    let cells = fields.sorted { $0.key < $1.key }.map { Cell($0.key, $0.value, line: number) }
    self.init(cells, line: number)
  }
}

/// What is wrong with the text of a roster. Thrown, it ends its file.
package struct RecordFault: Error, Sendable, Hashable {
  package var line: Int
  package var column: Int?
  /// What is wrong and what to do about it.
  package var message: String
  /// What it is about, when it is told for the first row only that has it.
  var subject: String?

  package init(line: Int, column: Int? = nil, _ message: String) {
    self.line = line
    self.column = column
    self.message = message
  }
}

/// The rows of one roster, one after the other.
package protocol RosterRecords {
  /// The names of the columns as cells without values, where they come ahead of the rows. Called once, first.
  ///
  /// - Throws: `RecordFault`, or what keeps the roster from being read.
  mutating func header() throws -> RosterRecord?
  /// The next row; nil: that was the last.
  ///
  /// - Throws: as `header`.
  mutating func next() throws -> RosterRecord?
}

extension RosterRecords {
  package mutating func header() throws -> RosterRecord? { nil }
}
