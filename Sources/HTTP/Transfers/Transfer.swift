import CCurl
import Glibc

/// One request on its way. Touched on the loop's thread from `start` until its result is taken.
@safe final class Transfer: @unchecked Sendable {
  let request: HTTPRequest
  let client: ClientSettings
  let jar: CookieJar?
  let purpose: Purpose
  /// Set on the loop's thread, read by the waiting task. The resumption alone would order the two, but not so that
  /// ThreadSanitizer sees it.
  private let outcome = Locked<Result<HTTPResponse, HTTPError>?>(nil)
  // What follows belongs to the loop's thread.
  var continuation: CheckedContinuation<Void, Never>?
  var handle: EasyHandle?
  /// Where it stands among the transfers under way.
  var place = 0
  var headers = HTTPHeaders()
  var body: [UInt8] = []
  /// Says which limit the response exceeds.
  var excess: String?
  /// The first line of the response.
  var statusLine: [UInt8] = []
  // libcurl holds these, and the body's bytes in `request`, until its handle lets go, which is before deinit.
  var fields = StringList()
  var connectTo = StringList()
  static let headerLimit = 1 << 18

  /// What a transfer is for.
  enum Purpose {
    /// The response.
    case response
    /// The response, and for those who trace it the details of how it came.
    case tracedResponse
    /// The server's certificate, whatever it is worth. Nothing is sent on the connection.
    case certificate
  }

  init(
    _ request: HTTPRequest, client: ClientSettings, jar: CookieJar?, purpose: Purpose = .response
  ) {
    self.request = request
    self.purpose = purpose
    self.client = client
    self.jar = jar
  }

  var configuration: HTTPConfiguration { client.configuration }

  /// Whether it asks for nothing but what its client's requests have in common, an address, header fields and cookies.
  var isPlain: Bool {
    client.canStay && request.method == "GET" && !request.hasBody && request.authentication == nil
      && !request.wantsCertificate && purpose != .certificate
  }

  var result: Result<HTTPResponse, HTTPError>? {
    get { outcome.withLock { $0 } }
    set { outcome.withLock { $0 = newValue } }
  }

  func takeResult() -> Result<HTTPResponse, HTTPError> {
    result ?? .failure(HTTPError(.failed, "the request was dropped"))
  }

  var bodyExcess: String { "the response is larger than \(configuration.maximumBodySize) bytes" }

  /// libcurl's own words for what went wrong. They can quote the server, such as a certificate's name.
  var curlMessage: String { handle.map { unsafe String(cString: $0.errorText).printable } ?? "" }

  func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard body.count + bytes.count <= configuration.maximumBodySize else {
      excess = bodyExcess
      return 0
    }
    unsafe body.append(contentsOf: bytes)
    return bytes.count
  }

  /// A status line begins a new block: an interim response's or a proxy's fields are not the response's.
  func receiveHeader(_ bytes: UnsafeRawBufferPointer) -> Int {
    if bytes.count >= 5, let start = bytes.baseAddress, unsafe memcmp(start, "HTTP/", 5) == 0 {
      headers.removeAll()
      if purpose == .tracedResponse { unsafe statusLine = Array(bytes) }
      return bytes.count
    }
    guard headers.size + bytes.count <= Self.headerLimit else {
      excess = "the response's header fields are larger than \(Self.headerLimit) bytes"
      return 0
    }
    unsafe headers.append(line: bytes)
    return bytes.count
  }
}
