import FoundationEssentials

/// A statement, when it was typed, in seconds since 1970, and the profile it was typed under; one line of JSON in the
/// file.
struct HistoryEntry: Codable, Hashable {
  var time: Int64
  var statement: String
  /// Nil: no profile was chosen, or the entry is older than profiles.
  var profile: String?

  private enum CodingKeys: String, CodingKey {
    case time = "t"
    case statement = "s"
    case profile = "p"
  }

  /// Bytes that a statement may have.
  static let statementLimit = 1 << 20

  /// The line for the file, with its end.
  var line: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(self) else { return [] }
    return Array(data) + [UInt8(ascii: "\n")]
  }

  init(time: Int64, statement: String, profile: String? = nil) {
    self.time = time
    self.statement = statement
    self.profile = profile
  }

  /// The entry of a line without its end; nil when the line is none.
  init?(line: ArraySlice<UInt8>) {
    // A statement has at most six bytes of JSON for each of its own.
    guard line.first == UInt8(ascii: "{"), line.count <= 6 * Self.statementLimit + 1024,
      let entry = try? JSONDecoder().decode(HistoryEntry.self, from: Data(line))
    else { return nil }
    self = entry
  }
}
