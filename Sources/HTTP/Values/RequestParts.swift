extension HTTPRequest {
  /// The value of the field Content-Type.
  var mediaType: String? {
    headers.first { $0.name.equalsIgnoringCase("Content-Type") }?.value.reveal()
  }

  /// The body's bytes, none without one.
  var bodyBytes: [UInt8] { body.map { body in unsafe body.withBytes { unsafe Array($0) } } ?? [] }

  /// Whether a body is sent, an empty one at least.
  var hasBody: Bool { body != nil || method == "POST" }
}
