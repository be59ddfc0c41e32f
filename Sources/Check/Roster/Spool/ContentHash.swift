import Cryptography
import FoundationEssentials

extension RosterRow {
  /// 32 hexadecimal digits that change with whatever the row orders, but not with its place.
  package var contentHash: String {
    var row = self
    (row.file, row.row, row.line) = ("", 0, 0)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // A row is plain data: there is nothing in it that cannot be encoded.
    let text = (try? encoder.encode(row)) ?? Data()
    return SHA256.digest(Array(text)).prefix(16).map { byte in
      let digits = String(byte, radix: 16)
      return byte < 16 ? "0\(digits)" : digits
    }.joined()
  }
}
