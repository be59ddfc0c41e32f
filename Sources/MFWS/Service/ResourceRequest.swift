package import HTTP

/// One request to a resource below `/REST`.
package struct ResourceRequest: Sendable {
  package enum Shape: Sendable {
    case object, array, any
  }
  package var method: String
  /// Begins with a slash.
  package var path: String
  package var query: [(name: String, value: String)] = []
  package var headers: [HTTPRequest.Field] = []
  package var body: Secret?
  /// What a good answer looks like.
  package var answer: Shape
  /// Whether sending it twice does no more than sending it once.
  package var isRepeatable: Bool
  /// Whether the server's certificate is wanted.
  package var wantsCertificate = false

  package init(_ method: String, _ path: String, answer: Shape = .any) {
    self.method = method
    self.path = path
    self.answer = answer
    isRepeatable = method == "GET" || method == "HEAD"
  }

  /// How errors and traces name it.
  package var name: String { "\(method) \(path.prefix { $0 != "?" })" }

  /// Whether web servers often block its verb (protocol: "Where it lives").
  var hasUncommonVerb: Bool { method == "PUT" || method == "DELETE" }
}

extension ResourceRequest {
  private static let accept = HTTPRequest.Field("Accept", "application/json")
  private static let contentType = HTTPRequest.Field("Content-Type", "application/json")

  /// The request as it travels.
  package func httpRequest(at url: BaseURL, _ style: ResourceStyle) -> HTTPRequest {
    var query = query
    var verb = method
    if hasUncommonVerb, style.verbs == .override {
      query.append(("_method", method))
      verb = "POST"
    }
    var target = url.resource(path, style)
    if !query.isEmpty {
      let pairs = query.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
      target += (target.contains("?") ? "&" : "?") + pairs.joined(separator: "&")
    }
    var fields = [Self.accept]
    if body != nil { fields.append(Self.contentType) }
    var request = HTTPRequest(method: verb, url: target, headers: fields + headers, body: body)
    request.wantsCertificate = wantsCertificate
    return request
  }
}

/// RFC 3986 percent-encoding of a query's names and values.
package enum PercentEncoding {
  package static func encode(_ text: String) -> String {
    var encoded = ""
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let hex = String(byte, radix: 16, uppercase: true)
        encoded += hex.utf8.count == 1 ? "%0\(hex)" : "%\(hex)"
      }
    }
    return encoded
  }
}
