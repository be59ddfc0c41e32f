import Glibc

extension HTTPRequest {
  /// Why this cannot be sent. A line break in any part could smuggle a field or a second request.
  var fault: HTTPError? {
    guard isToken(method) else { return HTTPError(.failed, "the method is no HTTP token") }
    guard ["http://", "https://"].contains(where: { url.hasPrefixIgnoringCase($0) }), !url.hasZeroByte
    else {
      return HTTPError(.badURL, "the URL must begin with http:// or https://")
    }
    guard headers.allSatisfy({ isToken($0.name) }) else {
      return HTTPError(.failed, "a header field's name is no HTTP token")
    }
    for field in headers where !field.value.fitsOneLine {
      return HTTPError(.failed, "the value of the header field \(field.name) has a line break or a zero byte")
    }
    return nil
  }

  func hasField(_ name: String) -> Bool { headers.contains { $0.name.equalsIgnoringCase(name) } }
}

extension String {
  /// Whether a string of C would end before this.
  var hasZeroByte: Bool {
    var text = self
    return text.withUTF8 { bytes in
      guard let start = bytes.baseAddress else { return false }
      return unsafe memchr(start, 0, bytes.count) != nil
    }
  }
}

extension Secret {
  fileprivate var fitsOneLine: Bool {
    unsafe withBytes { unsafe $0.allSatisfy { $0 != 0 && $0 != 10 && $0 != 13 } }
  }
}

private func isToken(_ text: String) -> Bool {
  !text.isEmpty
    && text.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D: true
      default: "!#$%&'*+.^_`|~".utf8.contains(byte)
      }
    }
}
