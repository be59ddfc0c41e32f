public import HTTP

/// How a client behaves.
public struct ClientConfiguration: Sendable {
  /// Time limits, sizes, TLS, proxy.
  public var http = HTTPConfiguration()
  /// Lets credentials travel over `http://` to other machines.
  public var allowsPlaintext = false
  /// Refuses every request that is not GET, login or logout.
  public var isReadOnly = false

  /// The defaults.
  public init() {}
}

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

  package init(_ method: String, _ path: String, answer: Shape = .any) {
    self.method = method
    self.path = path
    self.answer = answer
  }

  /// How errors and traces name it.
  package var name: String { "\(method) \(path.prefix { $0 != "?" })" }
}

/// Sends requests to one web service and classifies what comes.
package struct WebServiceClient: Sendable {
  package let url: BaseURL
  package let http: HTTPClient

  package init(url: BaseURL, http: HTTPClient) {
    self.url = url
    self.http = http
  }

  /// The response of a resource that answered well.
  package func send(
    _ request: ResourceRequest, cookies: CookieJar?, step: Step
  ) async throws(MFWSError)
    -> HTTPResponse
  {
    let response: HTTPResponse
    do {
      response = try await http.send(httpRequest(request), cookies: cookies)
    } catch {
      throw ErrorClassifier.error(for: error, to: request.name, at: url)
    }
    guard (200..<300).contains(response.status) else {
      throw ErrorClassifier.error(for: response, to: request.name, step: step)
    }
    if let error = Self.shapeError(response, request) { throw error }
    return response
  }

  private static let accept = HTTPRequest.Field("Accept", "application/json")
  private static let contentType = HTTPRequest.Field("Content-Type", "application/json")

  /// PUT and DELETE travel as POST with `_method`: IIS often blocks them (protocol: "Where it lives").
  package func httpRequest(_ request: ResourceRequest) -> HTTPRequest {
    var query = request.query
    var method = request.method
    if method == "PUT" || method == "DELETE" {
      query.append(("_method", method))
      method = "POST"
    }
    var target = url.rest + request.path
    if !query.isEmpty {
      let pairs = query.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
      target += (request.path.contains("?") ? "&" : "?") + pairs.joined(separator: "&")
    }
    var headers = [Self.accept]
    if request.body != nil { headers.append(Self.contentType) }
    return HTTPRequest(method: method, url: target, headers: headers + request.headers, body: request.body)
  }

  /// A 200 can be a proxy's page, a single sign-on page, or nothing (protocol: surprise 6).
  private static func shapeError(_ response: HTTPResponse, _ request: ResourceRequest) -> MFWSError? {
    let first = JSONText.firstByte(response.body)
    if first == UInt8(ascii: "<") { return noted(ErrorClassifier.notMFWS(response), response, request) }
    let isGood =
      switch request.answer {
      case .object: first == UInt8(ascii: "{")
      case .array: first == UInt8(ascii: "[")
      case .any: true
      }
    if isGood { return nil }
    let found = first == nil ? "an empty body" : "something else"
    let expected = request.answer == .array ? "a list" : "an object"
    let error = MFWSError(
      .serverBadResponse,
      "\(request.name) answered with \(found) where \(expected) was expected: check the address")
    return noted(error, response, request)
  }

  private static func noted(
    _ error: MFWSError, _ response: HTTPResponse, _ request: ResourceRequest
  ) -> MFWSError {
    var error = error
    error.status = response.status
    error.request = request.name
    return error
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
