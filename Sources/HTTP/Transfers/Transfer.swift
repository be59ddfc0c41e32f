import CCurl

/// One request on its way. Touched on the loop's thread from `start` until its result is taken.
@safe final class Transfer: @unchecked Sendable {
  let request: HTTPRequest
  let configuration: HTTPConfiguration
  let jar: CookieJar?
  // What follows belongs to the loop's thread; the continuation's resumption hands `result` to the waiting task.
  var continuation: CheckedContinuation<Void, Never>?
  var easy: OpaquePointer?
  var result: Result<HTTPResponse, HTTPError>?
  var headers = HTTPHeaders()
  var body: [UInt8] = []
  var exceedsLimit = false
  private var fieldList: UnsafeMutablePointer<curl_slist>?
  private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

  init(_ request: HTTPRequest, configuration: HTTPConfiguration, jar: CookieJar?) {
    self.request = request
    self.configuration = configuration
    self.jar = jar
    unsafe errorText[0] = 0
  }

  deinit {
    unsafe curl_slist_free_all(fieldList)
    unsafe errorText.deallocate()
  }

  func takeResult() -> Result<HTTPResponse, HTTPError> {
    result ?? .failure(HTTPError(.failed, "the request was dropped"))
  }

  /// libcurl's own words for what went wrong.
  var curlMessage: String { unsafe String(cString: errorText) }

  /// Sets every option on a fresh or reset handle.
  func configure(_ easy: UnsafeMutableRawPointer) -> HTTPError? {
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe easy_set_pointer(easy, CURLOPT_PRIVATE, context)
    unsafe easy_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText)
    unsafe setCallbacks(easy, context)
    unsafe setLimits(easy)
    unsafe setSecurity(easy)
    unsafe setRequest(easy)
    guard unsafe easy_set_string(easy, CURLOPT_URL, request.url) == CURLE_OK else {
      return HTTPError(.badURL, "the URL cannot be used")
    }
    return nil
  }

  private func setCallbacks(_ easy: UnsafeMutableRawPointer, _ context: UnsafeMutableRawPointer) {
    unsafe easy_set_callback(easy, CURLOPT_WRITEFUNCTION) { data, size, count, context in
      unsafe Transfer.from(context)?.receiveBody(UnsafeRawBufferPointer(start: data, count: size * count))
        ?? 0
    }
    unsafe easy_set_pointer(easy, CURLOPT_WRITEDATA, context)
    unsafe easy_set_callback(easy, CURLOPT_HEADERFUNCTION) { data, size, count, context in
      unsafe Transfer.from(context)?.receiveHeader(UnsafeRawBufferPointer(start: data, count: size * count))
        ?? 0
    }
    unsafe easy_set_pointer(easy, CURLOPT_HEADERDATA, context)
  }

  private func setLimits(_ easy: UnsafeMutableRawPointer) {
    unsafe easy_set_long(easy, CURLOPT_NOSIGNAL, 1)
    unsafe easy_set_long(easy, CURLOPT_QUICK_EXIT, 1)
    unsafe easy_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(configuration.connectTimeout))
    unsafe easy_set_long(easy, CURLOPT_TIMEOUT_MS, milliseconds(configuration.requestTimeout))
    unsafe easy_set_long(easy, CURLOPT_LOW_SPEED_LIMIT, 1)
    unsafe easy_set_long(easy, CURLOPT_LOW_SPEED_TIME, Int(configuration.stallTimeout.rounded(.up)))
    unsafe easy_set_string(easy, CURLOPT_PROTOCOLS_STR, "http,https")
    unsafe easy_set_string(easy, CURLOPT_ACCEPT_ENCODING, "")
    unsafe easy_set_string(easy, CURLOPT_USERAGENT, configuration.userAgent)
  }

  private func setSecurity(_ easy: UnsafeMutableRawPointer) {
    if let jar {
      unsafe easy_set_pointer(easy, CURLOPT_SHARE, UnsafeMutableRawPointer(jar.share))
      unsafe easy_set_string(easy, CURLOPT_COOKIEFILE, "")
      for line in jar.takeInitial() { unsafe easy_set_string(easy, CURLOPT_COOKIELIST, line.reveal()) }
    }
    if let file = configuration.certificateAuthorityFile {
      unsafe easy_set_string(easy, CURLOPT_CAINFO, file)
    }
    if let file = configuration.clientCertificateFile { unsafe easy_set_string(easy, CURLOPT_SSLCERT, file) }
    if let file = configuration.clientKeyFile { unsafe easy_set_string(easy, CURLOPT_SSLKEY, file) }
    if configuration.skipsCertificateVerification {
      unsafe easy_set_long(easy, CURLOPT_SSL_VERIFYPEER, 0)
      unsafe easy_set_long(easy, CURLOPT_SSL_VERIFYHOST, 0)
    }
    if let proxy = configuration.proxy { unsafe easy_set_string(easy, CURLOPT_PROXY, proxy) }
  }

  private func setRequest(_ easy: UnsafeMutableRawPointer) {
    if request.method != "GET" || request.body != nil {
      unsafe easy_set_string(easy, CURLOPT_CUSTOMREQUEST, request.method)
    }
    if request.method == "HEAD" { unsafe easy_set_long(easy, CURLOPT_NOBODY, 1) }
    if request.body != nil || request.method == "POST" { unsafe setBody(easy) }
    for field in request.headers { appendField(field) }
    unsafe easy_set_pointer(easy, CURLOPT_HTTPHEADER, fieldList)
  }

  /// libcurl does not copy the body: `request` keeps it alive as long as the transfer lives.
  private func setBody(_ easy: UnsafeMutableRawPointer) {
    appendField(.init("Expect", ""))
    let body = request.body ?? Secret("")
    unsafe easy_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
    unsafe body.withBytes { bytes in
      _ = unsafe easy_set_pointer(
        easy, CURLOPT_COPYPOSTFIELDS, bytes.baseAddress ?? UnsafeRawPointer(errorText))
    }
  }

  private func appendField(_ field: HTTPRequest.Field) {
    var line = Array("\(field.name):".utf8)
    if !field.value.isEmpty { line.append(0x20) }
    unsafe field.value.withBytes { unsafe line.append(contentsOf: $0) }
    line.removeAll { $0 == 0 || $0 == 10 || $0 == 13 }
    line.append(0)
    unsafe line.withUnsafeBufferPointer { bytes in
      unsafe bytes.withMemoryRebound(to: CChar.self) { text in
        if let start = text.baseAddress { unsafe fieldList = curl_slist_append(fieldList, start) }
      }
    }
    _ = unsafe line.withUnsafeMutableBytes { unsafe $0.initializeMemory(as: UInt8.self, repeating: 0) }
  }

  private static func from(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    guard let context = unsafe context else { return nil }
    return unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
  }

  private func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard body.count + bytes.count <= configuration.maximumBodySize else {
      exceedsLimit = true
      return 0
    }
    unsafe body.append(contentsOf: bytes)
    return bytes.count
  }

  /// A status line begins a new block: an interim response's or a proxy's fields are not the response's.
  private func receiveHeader(_ bytes: UnsafeRawBufferPointer) -> Int {
    if bytes.count > 5, unsafe bytes.starts(with: "HTTP/".utf8) { headers.removeAll() }
    guard headers.size + bytes.count <= 1 << 20 else { return 0 }
    unsafe headers.append(line: bytes)
    return bytes.count
  }
}

private func milliseconds(_ seconds: Double) -> Int { Int(min(max(seconds, 0.001), 1e9) * 1000) }
