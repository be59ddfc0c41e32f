/// A vault's GUID. Read in any spelling, written as M-Files does: `{UPPER-CASE}`.
public struct GUID: Sendable, Hashable, Codable, CustomStringConvertible {
  /// 36 characters, upper case, no braces.
  public let bare: String

  /// Reads a GUID with or without braces and dashes, in any case; nil when `text` is no GUID.
  public init?(_ text: some StringProtocol) {
    var text = text.uppercased()
    if text.hasPrefix("{"), text.hasSuffix("}") { text = String(text.dropFirst().dropLast()) }
    if text.utf8.count == 32, !text.contains("-") { text = Self.grouped(text) }
    let groups = text.split(separator: "-", omittingEmptySubsequences: false)
    guard groups.map(\.utf8.count) == [8, 4, 4, 4, 12],
      groups.joined().utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x46).contains($0) })
    else { return nil }
    bare = text
  }

  private static func grouped(_ digits: String) -> String {
    var rest = Substring(digits)
    return [8, 4, 4, 4, 12].map { count in
      defer { rest = rest.dropFirst(count) }
      return String(rest.prefix(count))
    }.joined(separator: "-")
  }

  /// `{UPPER-CASE}`, as the web service writes it.
  public var description: String { "{\(bare)}" }

  /// Reads a JSON string.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let guid = GUID(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a GUID")
    }
    self = guid
  }

  /// Writes a JSON string with braces.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
