/// One HTTP response, whole.
public struct HTTPResponse: Sendable {
  /// The status code, such as 200.
  public var status: Int
  /// The header fields.
  public var headers: HTTPHeaders
  /// The body as it came, after content decoding.
  public var body: [UInt8]
  /// Seconds from the start of the request to the end of the response.
  public var seconds: Double

  /// A response.
  public init(status: Int, headers: HTTPHeaders = .init(), body: [UInt8] = [], seconds: Double = 0) {
    self.status = status
    self.headers = headers
    self.body = body
    self.seconds = seconds
  }
}

/// The header fields of a response, kept as the block that came and read on demand.
public struct HTTPHeaders: Sendable, Sequence {
  private var block: [UInt8] = []

  /// No fields.
  public init() {}

  /// The fields of a header block as it travels.
  package init(block: [UInt8]) { self.block = block }

  /// The fields of `pairs`.
  public init(_ pairs: [(String, String)]) {
    for (name, value) in pairs { append(line: Array("\(name): \(value)\r\n".utf8)[...]) }
  }

  mutating func append(line: ArraySlice<UInt8>) { block.append(contentsOf: line) }
  mutating func append(line: UnsafeRawBufferPointer) { unsafe block.append(contentsOf: line) }
  mutating func removeAll() { block.removeAll(keepingCapacity: true) }
  var size: Int { block.count }

  /// The value of the first field of that name, whatever its case.
  public subscript(name: String) -> String? { first { $0.name.equalsIgnoringCase(name) }?.value }

  /// The values of all fields of that name, whatever its case.
  public func values(_ name: String) -> [String] {
    compactMap { $0.name.equalsIgnoringCase(name) ? $0.value : nil }
  }

  /// Whether there is a field of that name, whatever its case. Cheaper than reading it.
  public func contains(_ name: String) -> Bool {
    let name = Array(name.utf8)
    return block.split(separator: 10).contains { line in
      line.count > name.count && line[line.startIndex + name.count] == 0x3A
        && zip(line, name).allSatisfy { $0 | 0x20 == $1 | 0x20 }
    }
  }

  /// Name and value of each field, in the order in which they came.
  public func makeIterator() -> AnyIterator<(name: String, value: String)> {
    var lines = block.split(separator: 10).makeIterator()
    return AnyIterator {
      while let line = lines.next() {
        guard let colon = line.firstIndex(of: 0x3A) else { continue }
        let value = line[(colon + 1)...]
        return (
          String(decoding: line[..<colon], as: UTF8.self),
          String(decoding: value, as: UTF8.self).trimmingBlanks()
        )
      }
      return nil
    }
  }
}

extension String {
  func equalsIgnoringCase(_ other: String) -> Bool {
    utf8.count == other.utf8.count && zip(utf8, other.utf8).allSatisfy { lower($0) == lower($1) }
  }

  func trimmingBlanks() -> String {
    let blanks: Set<Character> = [" ", "\t", "\r", "\n", "\r\n"]
    let start = drop { blanks.contains($0) }
    guard let last = start.lastIndex(where: { !blanks.contains($0) }) else { return "" }
    return String(start[...last])
  }
}

private func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
