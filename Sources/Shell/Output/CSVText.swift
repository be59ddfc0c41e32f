import FoundationEssentials
import MFWS

/// JSON values as CSV (RFC 4180): a header row, CRLF, quotes where they are needed.
///
/// Numbers stay as they are. A text that a spreadsheet would take for a formula gets a `'` in front of it; lists and
/// objects in a cell are JSON.
struct CSVText {
  /// The whole text.
  let text: String

  /// A list of objects gives a row each, anything else one row.
  init(_ value: JSONValue) {
    let items = value.array ?? [value]
    let names = Set(items.flatMap { $0.object.map { Array($0.keys) } ?? ["value"] }).sorted(
      by: LuaRecord.precedes)
    let rows = items.map { item in
      names.map { name in Self.cell(item.object == nil && name == "value" ? item : item[name]) }
    }
    text = ([names.map(CSVLine.quoted)] + rows).map { $0.joined(separator: ",") + "\r\n" }.joined()
  }

  private static func cell(_ value: JSONValue?) -> String {
    switch value {
    case nil, .null?: ""
    case .string(let text)?: CSVLine.quoted(defused(text))
    case .bool(let value)?: value ? "true" : "false"
    case .integer(let number)?: String(number)
    case .number(let number)?: String(number)
    case let value?: CSVLine.quoted(json(value))
    }
  }

  private static func defused(_ text: String) -> String {
    guard let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first) else {
      return text
    }
    return "'" + text
  }

  private static func json(_ value: JSONValue) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
