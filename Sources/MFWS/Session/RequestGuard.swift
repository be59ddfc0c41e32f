import HTTP

/// What may be sent: resources below `/REST`, and behind a lock only what reads.
package enum RequestGuard {
  /// - Parameter reason: why only GET requests may be sent now; nil: all may.
  /// - Throws: `client.usage` for what never may be sent, `client.locked` for what may not now.
  package static func check(_ request: ResourceRequest, lockedBecause reason: String?) throws(MFWSError) {
    guard request.path.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
      throw .usage("the path has a blank or control character: write it percent-encoded")
    }
    guard ["GET", "HEAD", "POST", "PUT", "DELETE"].contains(request.method) else {
      throw .usage("the method is GET, HEAD, POST, PUT or DELETE, not \(request.method.prefix(20))")
    }
    // A fragment would swallow the query, and with it `_method`; dots would lead out of `/REST`.
    guard !request.path.contains("#"), !hasDotSegment(request.path) else {
      throw .usage("the path has a # or a . or .. between slashes: write the resource's own path")
    }
    guard let reason, let change = ReadingCheck.change(in: request) else { return }
    var error = MFWSError(.clientLocked, reason)
    error.request = request.name
    error.cause = "the request was not sent: \(change)"
    throw error
  }

  private static func hasDotSegment(_ path: String) -> Bool {
    path.prefix { $0 != "?" }.split { $0 == "/" || $0 == "\\" }.contains { segment in
      [".", ".."].contains(segment.lowercased().replacing("%2e", with: "."))
    }
  }
}

/// Judges whether a request only reads, as the server may understand it: `_method` in the query, a header field or a body
/// turn a GET into something else, in whatever letters and escapes. What could be either counts as a change.
private enum ReadingCheck {
  /// What about a request could change something; nil: it only reads.
  static func change(in request: ResourceRequest) -> String? {
    guard request.method == "GET" || request.method == "HEAD" else {
      return "its method is \(request.method)"
    }
    guard request.body == nil else { return "it has a body" }
    let names = request.query.map(\.name)
    if ([request.path] + names).contains(where: namesMethod) { return "its address names another method" }
    if written(in: request.path).contains(where: { $0.contains("%") || $0.contains("+") }) {
      return "a name in its query is written with escapes"
    }
    if (written(in: request.path) + names).contains(where: { !$0.utf8.allSatisfy { $0 < 0x80 } }) {
      return "a name in its query has other letters than ASCII"
    }
    let field = request.headers.first { field in headerParts.contains(where: field.name.lowercased().contains)
    }
    return field.map { "its header field \($0.name) may stand for another method or address" }
  }

  /// Parts of the names of header fields by which servers and their modules are told another method or address.
  private static let headerParts = ["method", "override", "rewrite", "original-u"]

  /// The names in the query of a path, as they are written.
  private static func written(in path: String) -> [String] {
    path.drop { $0 != "?" }.split { $0 == "?" || $0 == "&" || $0 == ";" }.map {
      String($0.prefix { $0 != "=" })
    }
  }

  /// Whether a text names a method or another resource, even after several decodings.
  private static func namesMethod(_ text: String) -> Bool {
    var text = text
    for _ in 0...decodings {
      let lowercased = text.lowercased()
      if lowercased.contains("_method") || lowercased.contains("restpath") { return true }
      let decoded = self.decoded(text)
      if decoded == text { return false }
      text = decoded
    }
    return true
  }

  /// What is still encoded after so many times was not meant to be read by people.
  private static let decodings = 4

  /// `%5F` and IIS's `%u005F` as what they stand for; what is no escape stays.
  private static func decoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      let isWide = rest.first == UInt8(ascii: "u") || rest.first == UInt8(ascii: "U")
      let digits = rest.dropFirst(isWide ? 1 : 0).prefix(isWide ? 4 : 2)
      let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16).flatMap(Unicode.Scalar.init)
      guard byte == UInt8(ascii: "%"), digits.count == (isWide ? 4 : 2), let code else {
        bytes.append(byte)
        continue
      }
      if isWide {
        bytes += Array(String(code).utf8)
      } else {
        bytes.append(UInt8(truncatingIfNeeded: code.value))
      }
      rest = rest.dropFirst(digits.count + (isWide ? 1 : 0))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
