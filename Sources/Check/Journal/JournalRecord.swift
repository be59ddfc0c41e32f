import MFWS

/// Reads single records.
enum JournalRecord {
  /// What is looked at in every line.
  struct Head: Decodable {
    var type: String
    var id: String?
    var status: RowResult.Status?
    var server: String?
    var ms: Double?
    var http: [Exchange]?

    struct Exchange: Decodable {}
  }

  /// The UTF-8 of the id of the result, or of the note, that begins there.
  static func id(_ file: JournalFile, at offset: Int) throws(JournalError) -> [UInt8] {
    let start = RowResult.recordStart.count
    let bytes = try file.read(192, at: offset)
    if bytes.starts(with: RowResult.recordStart),
      let end = bytes[start...].firstIndex(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }),
      bytes[end] == UInt8(ascii: "\"")
    {
      return Array(bytes[start..<end])
    }
    let head: Head = try value(file, at: offset)
    return Array((head.id ?? "").utf8)
  }

  /// The record that begins there.
  static func value<Value: Decodable>(_ file: JournalFile, at offset: Int) throws(JournalError) -> Value {
    guard let line = try JournalLines.line(file, at: offset), let value: Value = value(line) else {
      throw JournalError(
        .damaged, "the journal \(file.path) has changed while it was read, or is damaged: run the check again"
      )
    }
    return value
  }

  static func value<Value: Decodable>(_ line: [UInt8]) -> Value? { try? JSONText.decode(Value.self, line) }
}
