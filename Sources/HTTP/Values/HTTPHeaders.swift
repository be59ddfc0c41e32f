/// The header fields of a response, kept as the block that came and read on demand.
public struct HTTPHeaders: Sendable, Sequence {
  private var block: [UInt8] = []

  /// No fields.
  public init() {}

  /// The fields of a header block as it travels.
  package init(block: [UInt8]) {
    for line in block.split(separator: 10) { append(line: line + [10]) }
  }

  /// The fields of `pairs`.
  public init(_ pairs: [(String, String)]) {
    for (name, value) in pairs { append(line: Array("\(name): \(value)\r\n".utf8)) }
  }

  mutating func append(line: some Collection<UInt8>) {
    // A line that begins with a blank continues the field before.
    if let first = line.first, isBlank(first) {
      while let last = block.last, isBlank(last) || last == 13 || last == 10 { block.removeLast() }
    }
    if block.isEmpty { block.reserveCapacity(Self.usualSize) }
    block.append(contentsOf: line)
  }

  mutating func removeAll() { block.removeAll(keepingCapacity: true) }
  var size: Int { block.count }
  private static let usualSize = 512

  /// The value of the first field of that name, whatever its case.
  public subscript(name: String) -> String? { first { $0.name.equalsIgnoringCase(name) }?.value }

  /// The values of all fields of that name, whatever its case.
  public func values(_ name: String) -> [String] {
    compactMap { $0.name.equalsIgnoringCase(name) ? $0.value : nil }
  }

  /// Whether there is a field of that name, whatever its case. Cheaper than reading it.
  public func contains(_ name: String) -> Bool {
    let length = name.utf8.count
    var rest = block[...]
    while rest.count > length {
      if rest[rest.startIndex + length] == 0x3A, zip(rest, name.utf8).allSatisfy({ lower($0) == lower($1) }) {
        return true
      }
      rest = rest[(rest.firstIndex(of: 0x0A) ?? rest.endIndex - 1)...].dropFirst()
    }
    return false
  }

  /// Name and value of each field, in the order in which they came.
  public func makeIterator() -> AnyIterator<(name: String, value: String)> {
    var lines = block.split(separator: 10).makeIterator()
    return AnyIterator {
      while let line = lines.next() {
        guard let colon = line.firstIndex(of: 0x3A) else { continue }
        let value = trimmed(line[(colon + 1)...])
        return (String(decoding: line[..<colon], as: UTF8.self), String(decoding: value, as: UTF8.self))
      }
      return nil
    }
  }
}

extension String {
  package func equalsIgnoringCase(_ other: String) -> Bool {
    utf8.count == other.utf8.count && hasPrefixIgnoringCase(other)
  }

  package func hasPrefixIgnoringCase(_ prefix: String) -> Bool {
    utf8.count >= prefix.utf8.count && zip(utf8, prefix.utf8).allSatisfy { lower($0) == lower($1) }
  }
}

private func trimmed(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
  var value = value.drop(while: isBlank)
  while let last = value.last, isBlank(last) || last == 13 { value.removeLast() }
  return value
}

private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
private func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
