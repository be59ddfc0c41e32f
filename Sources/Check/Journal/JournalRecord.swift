import MFWS

/// Reads single records.
enum JournalRecord {
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
    return Array((try record(file, at: offset)["id"]?.string ?? "").utf8)
  }

  /// The record that begins there.
  static func record(_ file: JournalFile, at offset: Int) throws(JournalError) -> JSONValue {
    guard let line = try JournalLines.line(file, at: offset), let value = JSONReader.value(line) else {
      throw changed(file)
    }
    return value
  }

  /// The result that begins there.
  static func result(_ file: JournalFile, at offset: Int) throws(JournalError) -> RowResult {
    guard let result = RowResult(record: try record(file, at: offset)) else { throw changed(file) }
    return result
  }

  /// The same for other types.
  static func value<Value: Decodable>(_ file: JournalFile, at offset: Int) throws(JournalError) -> Value {
    guard let line = try JournalLines.line(file, at: offset), let value: Value = value(line) else {
      throw changed(file)
    }
    return value
  }

  static func value<Value: Decodable>(_ line: [UInt8]) -> Value? { try? JSONText.decode(Value.self, line) }

  private static func changed(_ file: JournalFile) -> JournalError {
    JournalError(
      .damaged, "the journal \(file.path) has changed while it was read, or is damaged: run the check again")
  }
}
