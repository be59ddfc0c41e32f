import FoundationEssentials

/// A statement and when it was typed, in seconds since 1970; one line of JSON in the file.
struct HistoryEntry: Codable, Equatable {
  var time: Int64
  var statement: String

  private enum CodingKeys: String, CodingKey {
    case time = "t"
    case statement = "s"
  }

  /// The line for the file, with its end.
  var line: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(self) else { return [] }
    return Array(data) + [UInt8(ascii: "\n")]
  }

  /// The entries of a file's text; lines that are none are skipped.
  static func entries(in text: [UInt8], limit: Int) -> [HistoryEntry] {
    let decoder = JSONDecoder()
    return text.split(separator: UInt8(ascii: "\n")).suffix(limit).compactMap { line in
      try? decoder.decode(HistoryEntry.self, from: Data(line))
    }
  }
}
