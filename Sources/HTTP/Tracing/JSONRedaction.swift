/// Copies a JSON text and masks the strings and numbers of fields that are not to be shown.
///
/// Every value is looked at under the name of the nearest field around it; one without a name is masked.
struct JSONRedaction {
  private let source: [UInt8]
  private var index = 0
  private var output = ""
  private let string: (_ field: String?, _ text: String) -> String
  private let name: (String) -> String
  private let quotesMaskedNumbers: Bool
  private static let depthLimit = 64

  private struct Malformed: Error {}

  /// The masked text; nil when `source` is no JSON or nested more than 64 deep.
  ///
  /// - Parameters:
  ///   - string: what to show of a string or a number.
  ///   - name: what to show of a field's name.
  ///   - quotesMaskedNumbers: whether what stands for a number is a JSON string; else the text is a template.
  static func redacted(
    _ source: [UInt8], string: @escaping (_ field: String?, _ text: String) -> String,
    name: @escaping (String) -> String, quotesMaskedNumbers: Bool = true
  ) -> String? {
    var redaction = JSONRedaction(source, string, name, quotesMaskedNumbers)
    do {
      try redaction.value(of: nil, depth: 0)
      redaction.skipBlanks()
      return redaction.index == source.count ? redaction.output : nil
    } catch {
      return nil
    }
  }

  private init(
    _ source: [UInt8], _ string: @escaping (String?, String) -> String, _ name: @escaping (String) -> String,
    _ quotesMaskedNumbers: Bool
  ) {
    self.source = source
    self.string = string
    self.name = name
    self.quotesMaskedNumbers = quotesMaskedNumbers
  }

  private mutating func value(of field: String?, depth: Int) throws(Malformed) {
    guard depth < Self.depthLimit else { throw Malformed() }
    skipBlanks()
    switch peek {
    case UInt8(ascii: "{"): try object(depth: depth)
    case UInt8(ascii: "["): try array(of: field, depth: depth)
    case UInt8(ascii: "\""): output += JSONLiteral.quoted(string(field, try literal()))
    case .some(let byte) where "-0123456789".utf8.contains(byte): try number(of: field)
    default: try word()
    }
  }

  private mutating func object(depth: Int) throws(Malformed) {
    try list(closing: "}") { redaction throws(Malformed) in
      let field = try redaction.literal()
      redaction.output += JSONLiteral.quoted(redaction.name(field))
      redaction.skipBlanks()
      try redaction.take(":")
      try redaction.value(of: field, depth: depth + 1)
    }
  }

  private mutating func array(of field: String?, depth: Int) throws(Malformed) {
    try list(closing: "]") { redaction throws(Malformed) in
      try redaction.value(of: field, depth: depth + 1)
    }
  }

  private mutating func list(
    closing: Unicode.Scalar, _ element: (inout JSONRedaction) throws(Malformed) -> Void
  ) throws(Malformed) {
    try take(closing == "}" ? "{" : "[")
    skipBlanks()
    while peek != UInt8(ascii: closing) {
      try element(&self)
      skipBlanks()
      if peek == UInt8(ascii: closing) { break }
      try take(",")
      skipBlanks()
      if peek == UInt8(ascii: closing) { throw Malformed() }
    }
    try take(closing)
  }

  private mutating func literal() throws(Malformed) -> String {
    guard peek == UInt8(ascii: "\"") else { throw Malformed() }
    index += 1
    var bytes: [UInt8] = []
    while let byte = peek, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw Malformed() }
      var found = (length: 1, decoded: [byte])
      if byte == 0x5C {
        guard let escape = JSONLiteral.escape(source[index...]) else { throw Malformed() }
        found = escape
      }
      bytes += found.decoded
      index += found.length
    }
    guard peek != nil, let text = String(validating: bytes, as: UTF8.self) else { throw Malformed() }
    index += 1
    return text
  }

  private mutating func number(of field: String?) throws(Malformed) {
    let digits = source[index...].prefix { "+-.0123456789eE".utf8.contains($0) }
    let text = String(decoding: digits, as: UTF8.self)
    guard Double(text) != nil, !text.hasPrefix("+") else { throw Malformed() }
    let shown = string(field, text)
    output += shown == text || !quotesMaskedNumbers ? shown : JSONLiteral.quoted(shown)
    index += digits.count
  }

  private mutating func word() throws(Malformed) {
    for word in ["true", "false", "null"] where source[index...].starts(with: word.utf8) {
      output += word
      index += word.utf8.count
      return
    }
    throw Malformed()
  }

  private var peek: UInt8? { index < source.count ? source[index] : nil }

  private mutating func skipBlanks() {
    while let byte = peek, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { index += 1 }
  }

  private mutating func take(_ mark: Unicode.Scalar) throws(Malformed) {
    guard peek == UInt8(ascii: mark) else { throw Malformed() }
    output.unicodeScalars.append(mark)
    index += 1
  }
}
