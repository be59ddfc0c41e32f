/// Sorts the entries of a journal by their ids, which stay in the file: by eight bytes of them at a time, behind what
/// they have in common.
struct IDOrder {
  private let file: JournalFile
  private var entries: [JournalEntry]
  /// Which entries have an id that another one has too, in neighbouring runs.
  private var repeated: [Range<Int>] = []

  /// The entries in the order of their ids (UTF-8, byte by byte); of equal ids what `choose` takes.
  static func sorted(
    _ entries: consuming [JournalEntry], _ file: JournalFile,
    choose: (ArraySlice<JournalEntry>) -> JournalEntry?
  ) throws(JournalError) -> [JournalEntry] {
    var open = [(range: 0..<entries.count, depth: 0)]
    var order = IDOrder(file: file, entries: entries)
    while let (range, depth) = open.popLast() { open += try order.sort(range, depth) }
    return order.chosen(choose)
  }

  private init(file: JournalFile, entries: consuming [JournalEntry]) {
    self.file = file
    self.entries = entries
  }

  /// Sorts a range whose ids agree in the first `depth` bytes; gives what is to be sorted further.
  private mutating func sort(
    _ range: Range<Int>, _ depth: Int
  ) throws(JournalError) -> [(range: Range<Int>, depth: Int)] {
    guard range.count > 1 else { return [] }
    let (common, longest) = try measure(range, depth)
    let isExhausted = longest <= common
    for index in range {
      let id = try JournalRecord.id(file, at: entries[index].offset)
      entries[index].key = isExhausted ? UInt64(id.count) : Self.key(id.dropFirst(common))
    }
    entries[range].sort { ($0.key, $0.offset) < ($1.key, $1.offset) }
    var runs: [(range: Range<Int>, depth: Int)] = []
    var start = range.lowerBound
    for index in range where index + 1 == range.upperBound || entries[index + 1].key != entries[index].key {
      if index > start { runs.append((start..<index + 1, common + 8)) }
      start = index + 1
    }
    if isExhausted {
      repeated += runs.map(\.range)
      return []
    }
    return runs
  }

  /// How many bytes the ids have in common, and how many the longest has.
  private func measure(_ range: Range<Int>, _ depth: Int) throws(JournalError) -> (Int, Int) {
    let first = try JournalRecord.id(file, at: entries[range.lowerBound].offset)
    var common = first.count
    var longest = first.count
    for index in range.dropFirst() {
      let id = try JournalRecord.id(file, at: entries[index].offset)
      longest = max(longest, id.count)
      common = min(common, id.count)
      var place = min(depth, common)
      while place < common, id[place] == first[place] { place += 1 }
      common = place
    }
    return (max(common, min(depth, longest)), longest)
  }

  /// Eight bytes as a number that sorts as they do.
  private static func key(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    var key: UInt64 = 0
    var place = bytes.startIndex
    for _ in 0..<8 {
      key = key << 8 | (place < bytes.endIndex ? UInt64(bytes[place]) : 0)
      place += 1
    }
    return key
  }

  /// Keeps one entry at most for each id.
  private consuming func chosen(
    _ choose: (ArraySlice<JournalEntry>) -> JournalEntry?
  ) -> [JournalEntry] {
    var runs = repeated.sorted { $0.lowerBound < $1.lowerBound }[...]
    var count = 0
    var index = 0
    while index < entries.count {
      let end = runs.first?.lowerBound == index ? runs.removeFirst().upperBound : index + 1
      if let entry = choose(entries[index..<end]) {
        entries[count] = entry
        count += 1
      }
      index = end
    }
    entries.removeSubrange(count...)
    return entries
  }
}
