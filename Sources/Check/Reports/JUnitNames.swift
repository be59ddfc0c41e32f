/// The names of JUnit test cases, of which no two are the same.
struct JUnitNames {
  /// The hashes of all names, sorted: 8 bytes a row.
  private let hashes: [UInt64]

  init(_ journal: Journal) throws {
    var hashes: [UInt64] = []
    hashes.reserveCapacity(journal.count)
    for index in 0..<journal.count { hashes.append(Self.hash(try journal.result(at: index))) }
    hashes.sort()
    self.hashes = hashes
  }

  /// `server.vault`. Jenkins takes what is in front of the last dot for the package.
  static func className(_ result: RowResult) -> String {
    let scheme = ["https://", "http://"].first { result.server.hasPrefix($0) } ?? ""
    let name = undotted(String(result.server.dropFirst(scheme.count)))
    return result.vault.map { "\(name).\(undotted($0.label))" } ?? name
  }

  /// `jo [allow]`, with the row's id where others are called the same.
  func name(_ result: RowResult) -> String {
    let isUnique = count(Self.hash(result)) == 1
    return isUnique ? Self.plainName(result) : "\(Self.plainName(result)) (id \(Self.encoded(result.id)))"
  }

  private static func undotted(_ text: String) -> String {
    let bytes = VisibleText.line(text).utf8.map { $0 == UInt8(ascii: ".") ? UInt8(ascii: "_") : $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func plainName(_ result: RowResult) -> String { VisibleText.line(result.title) }

  /// So that nothing in an id looks like the end of the name in front of it.
  private static func encoded(_ id: String) -> String {
    id.utf8.map { byte in
      let isPlain = (0x21..<0x7F).contains(byte) && byte != UInt8(ascii: "%")
      let digits = String(byte, radix: 16, uppercase: true)
      return isPlain ? String(Unicode.Scalar(byte)) : "%\(byte < 16 ? "0" : "")\(digits)"
    }.joined()
  }

  private static func hash(_ result: RowResult) -> UInt64 {
    ShortHash.of(Array("\(className(result))\n\(plainName(result))".utf8))
  }

  private func count(_ hash: UInt64) -> Int {
    var range = 0..<hashes.count
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      range = hashes[middle] >= hash ? range.lowerBound..<middle : middle + 1..<range.upperBound
    }
    return hashes[range.lowerBound...].prefix(2).count { $0 == hash }
  }
}
