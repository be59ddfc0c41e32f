/// The places of a run's results in buckets, each in the order of the ids: 4 bytes a row.
struct RowOrder {
  private var places: [UInt32]
  private var ends: [Int]

  /// - Parameter bucket: the number of a row's bucket, from 0; nil: it is in none.
  init(_ journal: Journal, buckets: Int, _ bucket: (Int) -> Int?) {
    var next = [Int](repeating: 0, count: buckets)
    for index in 0..<journal.count { if let bucket = bucket(index) { next[bucket] += 1 } }
    var start = 0
    for bucket in next.indices { (next[bucket], start) = (start, start + next[bucket]) }
    places = [UInt32](repeating: 0, count: start)
    for index in 0..<journal.count {
      guard let bucket = bucket(index) else { continue }
      places[next[bucket]] = UInt32(index)
      next[bucket] += 1
    }
    ends = next
  }

  /// By `Journal.servers`.
  static func byServer(_ journal: Journal) -> RowOrder {
    RowOrder(journal, buckets: journal.servers.count) { journal.server(at: $0) }
  }

  subscript(bucket: Int) -> some Collection<Int> {
    places[(bucket == 0 ? 0 : ends[bucket - 1])..<ends[bucket]].lazy.map(Int.init)
  }
}
