import MFWS

/// Cells with a separator between them (RFC 4180), the first line with their names. Every cell stays text.
package struct DelimitedRecords: RosterRecords {
  private var cells: DelimitedCells
  private var separator: UInt8?
  /// Of the columns; nil: what is in the column is passed over, since its name is a mistake.
  private var names: [String?] = []

  /// What is said of a text without a first line.
  private let whenEmpty: String

  /// - Parameter separator: nil: the one of the first line, a comma, a semicolon or a tab.
  package init(
    _ input: RosterInput, separator: UInt8? = nil,
    whenEmpty: String = "the roster is empty: begin it with a line such as account,vault,expect"
  ) {
    cells = DelimitedCells(input)
    self.separator = separator
    self.whenEmpty = whenEmpty
  }

  package mutating func header() throws -> RosterRecord? {
    try cells.input.skipMark()
    try cells.skipBlankLines()
    guard try cells.input.peek() != nil else {
      throw RecordFault(line: 1, whenEmpty)
    }
    cells.separator =
      try separator ?? SeparatorChoice.best(for: cells.input.lookahead(SeparatorChoice.lookahead))
    guard let line = try cells.next() else { return nil }
    var header = RosterRecord([], line: line.line)
    header.faults = line.faults
    var known: Set<String> = []
    for cell in line.cells {
      if let message = Self.mistake(in: cell.text, &known) {
        header.faults.append(.init(line: cell.line, column: cell.column, message))
        names.append(nil)
      } else {
        header.cells.append(.init(cell.text, .null, line: cell.line, column: cell.column))
        names.append(cell.text)
      }
    }
    return header
  }

  private static func mistake(in name: String, _ known: inout Set<String>) -> String? {
    if name.isEmpty { return "a column has no name: name it, or take it out" }
    if known.insert(name.lowercased()).inserted { return nil }
    return "the name of this column is there twice: take one out"
  }

  package mutating func next() throws -> RosterRecord? {
    guard let line = try cells.next() else { return nil }
    var record = RosterRecord([], line: line.line)
    record.faults = line.faults
    guard record.faults.isEmpty else { return record }
    guard line.cells.count == names.count else {
      record.faults.append(.init(line: line.line, countMessage(line.cells.count)))
      return record
    }
    for (cell, name) in zip(line.cells, names) where !cell.text.isEmpty {
      guard let name else { continue }
      record.cells.append(.init(name, .string(cell.text), line: cell.line, column: cell.column))
    }
    return record
  }

  private func countMessage(_ count: Int) -> String {
    let mark =
      switch cells.separator {
      case UInt8(ascii: ";"): "a semicolon"
      case UInt8(ascii: "\t"): "a tab"
      default: "a comma"
      }
    return "the row has \(count) \(count == 1 ? "cell" : "cells") and the first line \(names.count): "
      + (count > names.count
        ? "put cells that hold \(mark) in quotes"
        : "write one for each column, with nothing in it if need be")
  }
}
