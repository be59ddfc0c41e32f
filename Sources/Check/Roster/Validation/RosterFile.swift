import MFWS

/// A roster while it is read.
struct RosterFile {
  let name: String
  /// How many were read.
  var rows = 0
  private let countsRows: Bool
  private var names = ColumnNames()
  /// That there is no such column is told once.
  private var missing: Set<RosterColumn> = []

  init(_ name: String, countsRows: Bool = false) {
    self.name = name
    self.countsRows = countsRows
  }

  /// The columns that only travel along.
  var metaColumns: Set<String> { names.meta }

  func mistake(_ fault: RecordFault) -> RosterMistake {
    RosterMistake(
      file: name, line: fault.line, column: fault.column, message: fault.message, countsRows: countsRows)
  }

  /// - Returns: what is wrong, and whether it is a header at all.
  mutating func readHeader(_ header: RosterRecord) -> (faults: [RecordFault], isHeader: Bool) {
    var faults: [RecordFault] = []
    var known: Set<RosterColumn> = []
    for cell in header.cells {
      let meaning = names.column(cell.name) {
        faults.append(RecordFault(line: cell.line, column: cell.column, $0))
      }
      if case .known(let column) = meaning { known.insert(column) }
    }
    guard !known.isEmpty || !faults.isEmpty else {
      let message =
        "the first line names no column of a roster: begin with a line such as account,vault,expect"
      return ([RecordFault(line: header.line, message)], false)
    }
    if !known.contains(.account) {
      missing.insert(.account)
      if faults.isEmpty {
        faults.append(
          RecordFault(line: header.line, "no column is named account: rename the one with the logins"))
      }
    }
    return (faults, true)
  }

  /// Tells the cells that mean something from those that travel along.
  ///
  /// - Parameter needsServer: whether each row has to name one.
  mutating func sort(
    _ record: RosterRecord, needsServer: Bool
  ) -> (CellValues, meta: [String: String], faults: [RecordFault]) {
    var cells: [RosterColumn: RosterRecord.Cell] = [:]
    var meta: [String: String] = [:]
    var faults: [RecordFault] = []
    for cell in record.cells {
      let note = { (message: String) in
        faults.append(RecordFault(line: cell.line, column: cell.column, message))
      }
      switch names.column(cell.name, note) {
      case .known(let column):
        if cells.updateValue(cell, forKey: column) != nil {
          note("\(column.rawValue) is there twice: take one out")
        }
      case .meta: if let text = cell.value.metaText { meta[cell.name] = text }
      case .mistake, nil: break
      }
    }
    if cells[.account].map({ $0.value.isEmpty }) ?? true, !missing.contains(.account) {
      faults.append(RecordFault(line: record.line, "the row has no account"))
    }
    if needsServer, cells[.server].map({ $0.value.isEmpty }) ?? true, missing.insert(.server).inserted {
      faults.append(
        RecordFault(line: record.line, "the row has no server: name it with --url, or in a column server"))
    }
    return (CellValues(cells, line: record.line), meta, faults)
  }
}

extension JSONValue {
  /// Whether it counts as left out.
  fileprivate var isEmpty: Bool { self == .null || self == .string("") }

  /// As it travels along; nil: there is nothing.
  fileprivate var metaText: String? {
    switch self {
    case .null, .string(""): return nil
    case .string(let text): return text
    default:
      var line = JSONLine()
      line.value(nil, self)
      return String(decoding: line.bytes, as: UTF8.self)
    }
  }
}
