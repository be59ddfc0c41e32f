/// The places of a run's results by server, in the order of the ids: 4 bytes a row.
struct ServerOrder {
  private var places: [UInt32]
  private var ends: [Int]

  init(_ journal: Journal) {
    var next = [Int](repeating: 0, count: journal.servers.count)
    for index in 0..<journal.count { next[journal.server(at: index)] += 1 }
    var start = 0
    for server in next.indices { (next[server], start) = (start, start + next[server]) }
    places = [UInt32](repeating: 0, count: journal.count)
    for index in 0..<journal.count {
      let server = journal.server(at: index)
      places[next[server]] = UInt32(index)
      next[server] += 1
    }
    ends = next
  }

  /// Of the server with that place in `Journal.servers`.
  func places(ofServer server: Int) -> some Sequence<Int> {
    places[(server == 0 ? 0 : ends[server - 1])..<ends[server]].lazy.map(Int.init)
  }
}
