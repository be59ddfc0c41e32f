/// What stays in memory of a row while the roster is read.
struct RowEntry: Sendable {
  /// Of the row in the spool.
  let offset: Int
  let id: ShortDigest
  let account: ShortDigest
}

/// A list that grows without being copied, so that it never takes twice its size.
struct RowEntries: Sendable {
  private static let chunkSize = 1024
  private var chunks: [[RowEntry]] = []
  private(set) var count = 0

  subscript(index: Int) -> RowEntry { chunks[index / Self.chunkSize][index % Self.chunkSize] }

  mutating func append(_ entry: RowEntry) {
    if count % Self.chunkSize == 0 {
      chunks.append([])
      chunks[chunks.count - 1].reserveCapacity(Self.chunkSize)
    }
    chunks[chunks.count - 1].append(entry)
    count += 1
  }

  /// The numbers of all rows, sorted by something of them; of equals the first comes first.
  func sorted(by key: (RowEntry) -> ShortDigest) -> [UInt32] {
    var order = [UInt32](0..<UInt32(count))
    order.sort { one, other in
      let keys = (key(self[Int(one)]), key(self[Int(other)]))
      return keys.0 == keys.1 ? one < other : keys.0 < keys.1
    }
    return order
  }
}
