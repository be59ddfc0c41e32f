/// One HTTP request, decoded but not interpreted.
struct WebRequest: Sendable, CustomStringConvertible, CustomReflectable {
  typealias Field = (name: String, value: String)

  var method: String
  /// The path, percent-decoded, without the query.
  var path: String
  var query: [Field] = []
  var headers: [Field] = []
  var body: [UInt8] = []
  /// What a provider of identities said about the request's bearer token; nil when none was asked.
  var identity: IdentityAnswer?

  /// Verb and path only: the rest may hold passwords.
  var description: String { "\(method) \(path)" }
  var customMirror: Mirror { Mirror(self, children: []) }

  /// The first header of this name, in any case.
  func header(_ name: StaticString) -> String? { headers.first(named: name) }
  /// The first query parameter of this name, in any case.
  func parameter(_ name: StaticString) -> String? { query.first(named: name) }

  /// A header, or where it is missing or empty the query parameter that stands for it.
  func credential(_ header: StaticString, or parameter: StaticString) -> String? {
    if let value = self.header(header), !value.isEmpty { return value }
    if let value = self.parameter(parameter), !value.isEmpty { return value }
    return nil
  }

  /// The token of `Authorization: Bearer …`.
  var bearer: String? {
    guard let value = header("Authorization"), value.utf8.count > 7,
      String(value.prefix(7)).equalsIgnoringCase("Bearer ")
    else { return nil }
    return String(value.dropFirst(7))
  }

  /// The value of a cookie, in whichever `Cookie` header it stands.
  func cookie(_ name: String) -> String? {
    for header in headers where header.name.equalsIgnoringCase("cookie") {
      for pair in header.value.utf8.split(separator: UInt8(ascii: ";")) {
        let pair = pair.drop { $0 == UInt8(ascii: " ") }
        guard pair.starts(with: name.utf8), pair.dropFirst(name.utf8.count).first == UInt8(ascii: "=") else {
          continue
        }
        return String(pair.dropFirst(name.utf8.count + 1))
      }
    }
    return nil
  }
}

extension [WebRequest.Field] {
  func first(named name: StaticString) -> String? {
    for field in self where field.name.equalsIgnoringCase(name) { return field.value }
    return nil
  }
}

extension String {
  /// Compares ASCII letters without case, and everything else exactly.
  func equalsIgnoringCase(_ other: StaticString) -> Bool {
    guard utf8.count == other.utf8CodeUnitCount else { return false }
    var text = self
    return text.withUTF8 { bytes in
      for index in 0..<bytes.count {
        guard unsafe bytes[index].lowercasedASCII == (other.utf8Start + index).pointee.lowercasedASCII else {
          return false
        }
      }
      return true
    }
  }
}

extension String {
  /// Whether its last letters are these, in any case.
  func endsIgnoringCase(in end: StaticString) -> Bool {
    let start = utf8.count - end.utf8CodeUnitCount
    guard start >= 0 else { return false }
    return String(Substring(utf8.dropFirst(start))).equalsIgnoringCase(end)
  }
}

extension UInt8 {
  var lowercasedASCII: UInt8 { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self }
}
