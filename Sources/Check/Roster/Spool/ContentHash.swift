import Cryptography

extension RosterRow {
  /// 32 hexadecimal digits that change with whatever the row orders, but not with its place.
  package var contentHash: String { SHA256.digest(content).prefix(16).hexadecimal }
}
