/// What the escapes in a string literal mean, as bytes: `\xFF` is no character.
extension LuaLiteral {
  /// The bytes of a whole literal in quotes; nil for one in long brackets.
  static func bytes(ofToken token: String) -> [UInt8]? {
    guard let quote = token.first, quote == "\"" || quote == "'" else { return nil }
    let content = token.dropFirst()
    return bytes(ofQuoted: String(content.last == quote ? content.dropLast() : content))
  }

  /// The bytes of what stands between quotes, as far as it is there.
  static func bytes(ofQuoted content: String) -> [UInt8] {
    var result: [UInt8] = []
    var rest = Array(content.utf8)[...]
    while let next = rest.popFirst() {
      if next == UInt8(ascii: "\\") { result += escape(&rest) } else { result.append(next) }
    }
    return result
  }

  private static let simple: [UInt8: UInt8] = [
    UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10,
    UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9, UInt8(ascii: "v"): 11,
  ]

  private static func escape(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
    guard let next = rest.first else { return [] }
    if (0x30...0x39).contains(next) {
      return number(&rest, radix: 10, limit: 3).map { [UInt8(truncatingIfNeeded: $0)] } ?? []
    }
    rest = rest.dropFirst()
    switch next {
    case UInt8(ascii: "x"):
      return number(&rest, radix: 16, limit: 2).map { [UInt8(truncatingIfNeeded: $0)] } ?? []
    case UInt8(ascii: "u"):
      rest = rest.dropFirst()
      let scalar = number(&rest, radix: 16, limit: 8).flatMap(Unicode.Scalar.init)
      if rest.first == UInt8(ascii: "}") { rest = rest.dropFirst() }
      return scalar.map { Array(String($0).utf8) } ?? []
    case UInt8(ascii: "z"):
      rest = rest.drop { $0 == 0x20 || (9...13).contains($0) }
      return []
    default: return [simple[next] ?? next]
    }
  }

  private static func number(_ rest: inout ArraySlice<UInt8>, radix: Int, limit: Int) -> UInt32? {
    let digits = rest.prefix(limit).prefix { Int(String(UnicodeScalar($0)), radix: radix) != nil }
    rest = rest.dropFirst(digits.count)
    return UInt32(String(decoding: digits, as: UTF8.self), radix: radix)
  }
}
