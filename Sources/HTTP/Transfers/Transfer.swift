import CCurl
import Glibc

/// One request on its way. Touched on the loop's thread from `start` until its result is taken.
@safe final class Transfer: @unchecked Sendable {
  let request: HTTPRequest
  let configuration: HTTPConfiguration
  let jar: CookieJar?
  let purpose: Purpose
  /// Set on the loop's thread, read by the waiting task. The resumption alone would order the two, but not so that
  /// ThreadSanitizer sees it.
  private let outcome = Locked<Result<HTTPResponse, HTTPError>?>(nil)
  // What follows belongs to the loop's thread.
  var continuation: CheckedContinuation<Void, Never>?
  var easy: OpaquePointer?
  var headers = HTTPHeaders()
  var body: [UInt8] = []
  /// Says which limit the response exceeds.
  var excess: String?
  /// The first line of the response.
  var statusLine: [UInt8] = []
  // libcurl holds these, and the body's bytes in `request`, until its handle is reset, which is before deinit.
  var fields = StringList()
  var connectTo = StringList()
  let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
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
    _ request: HTTPRequest, configuration: HTTPConfiguration, jar: CookieJar?, purpose: Purpose = .response
  ) {
    self.request = request
    self.purpose = purpose
    self.configuration = configuration
    self.jar = jar
    unsafe errorText[0] = 0
  }

  deinit { unsafe errorText.deallocate() }

  var result: Result<HTTPResponse, HTTPError>? {
    get { outcome.withLock { $0 } }
    set { outcome.withLock { $0 = newValue } }
  }

  func takeResult() -> Result<HTTPResponse, HTTPError> {
    result ?? .failure(HTTPError(.failed, "the request was dropped"))
  }

  var bodyExcess: String { "the response is larger than \(configuration.maximumBodySize) bytes" }

  /// libcurl's own words for what went wrong. They can quote the server, such as a certificate's name.
  var curlMessage: String { unsafe String(cString: errorText).printable }

  static func from(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    guard let context = unsafe context else { return nil }
    return unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
  }

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
    if unsafe bytes.starts(with: "HTTP/".utf8) {
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
