import MFWS

/// The cells of one row by their columns, read as what they should be. Notes what they are not.
struct CellValues {
  private(set) var faults: [RecordFault] = []
  private let cells: [RosterColumn: RosterRecord.Cell]
  private let line: Int

  init(_ cells: [RosterColumn: RosterRecord.Cell], line: Int) {
    self.cells = cells
    self.line = line
  }

  subscript(column: RosterColumn) -> RosterRecord.Cell? { cells[column] }

  /// Notes a mistake in a cell, or in the row when it has no such cell.
  ///
  /// - Parameter subject: what is told once, however many rows have it.
  mutating func note(_ column: RosterColumn?, _ message: String, once subject: String? = nil) {
    let cell = column.flatMap { cells[$0] }
    var fault = RecordFault(line: cell?.line ?? line, column: cell?.column, message)
    fault.subject = subject
    faults.append(fault)
  }

  /// A text without blanks around it and without characters that cannot be seen.
  mutating func text(_ column: RosterColumn, takesIntegers: Bool = false) -> String? {
    switch cells[column]?.value {
    case nil, .null, .string(""): return nil
    case .string(let text): return checked(text, column)
    case .integer(let number) where takesIntegers: return String(number)
    default:
      note(column, "\(column.rawValue) must be a string: put it in quotes")
      return nil
    }
  }

  private mutating func checked(_ text: String, _ column: RosterColumn) -> String? {
    if let hidden = text.unicodeScalars.first(where: VisibleText.isHidden) {
      note(
        column,
        "\(column.rawValue) holds the character \(Self.name(hidden)), which does not show: take it out")
      return nil
    }
    guard let first = text.first, let last = text.last, !first.isWhitespace, !last.isWhitespace else {
      note(column, "\(column.rawValue) begins or ends with a blank: take it out")
      return nil
    }
    return text
  }

  private static func name(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// One of a few words, in any case.
  mutating func word<Word: RawRepresentable<String> & CaseIterable>(
    _ column: RosterColumn, _ type: Word.Type
  ) -> Word? {
    guard let text = text(column) else { return nil }
    if let word = Word(rawValue: text.lowercased()) { return word }
    let words = Word.allCases.map(\.rawValue)
    let remedy =
      nearest(to: text, in: words).map { "did you mean \($0)?" } ?? "it takes \(Self.choice(words))"
    note(column, "\(column.rawValue) \(Quoted(text)) is unknown: \(remedy)")
    return nil
  }

  private static func choice(_ words: [String]) -> String {
    words.dropLast().joined(separator: ", ") + " or " + (words.last ?? "")
  }

  mutating func flag(_ column: RosterColumn) -> Bool? {
    switch cells[column]?.value {
    case .bool(let value): return value
    case nil, .null, .string: break
    default:
      note(column, "\(column.rawValue) must be true or false")
      return nil
    }
    enum Word: String, CaseIterable { case `true`, `false` }
    return word(column, Word.self).map { $0 == .true }
  }

  mutating func number(_ column: RosterColumn) -> Int64? {
    let number: Int64?
    switch cells[column]?.value {
    case nil, .null, .string(""): return nil
    case .integer(let value): number = value
    case .number(let value): number = Int64(exactly: value)
    case .string(let text): number = text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int64(text) : nil
    default: number = nil
    }
    if let number, number >= 0 { return number }
    note(column, "\(column.rawValue) must be a whole number, such as 17")
    return nil
  }

  /// Texts with `|` between them, or a list of texts; nil: there are none.
  ///
  /// - Parameter isEnd: what ends a text besides `|`.
  mutating func list(_ column: RosterColumn, isEnd: (Unicode.Scalar) -> Bool = { _ in false }) -> [String]? {
    guard case .array(let values) = cells[column]?.value else {
      guard let text = text(column) else { return nil }
      // A mark that combines with the blank before it begins a text all the same.
      let parts = text.unicodeScalars.split(omittingEmptySubsequences: false) { $0 == "|" || isEnd($0) }
      return elements(parts.map { String($0) }, column, blanksSeparate: isEnd(" "))
    }
    let texts = values.compactMap(\.string)
    guard texts.count == values.count else {
      note(column, "\(column.rawValue) must be a list of strings")
      return nil
    }
    return elements(texts, column, blanksSeparate: false)
  }

  private mutating func elements(
    _ parts: [String], _ column: RosterColumn, blanksSeparate: Bool
  ) -> [String]? {
    let parts = blanksSeparate ? parts.filter { !$0.isEmpty } : parts
    if parts.contains("") {
      note(column, "\(column.rawValue) has nothing between two |: take one out")
      return nil
    }
    let count = faults.count
    let texts = parts.compactMap { checked($0, column) }
    return faults.count == count ? texts : nil
  }
}
