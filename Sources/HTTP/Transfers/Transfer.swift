import CCurl
import Glibc

/// One request on its way. Touched on the loop's thread from `start` until its result is taken.
@safe final class Transfer: @unchecked Sendable {
  let request: HTTPRequest
  let configuration: HTTPConfiguration
  let jar: CookieJar?
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
  // libcurl holds these two, and the body's bytes in `request`, until its handle is reset, which is before deinit.
  private var fieldList: UnsafeMutablePointer<curl_slist>?
  private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
  static let headerLimit = 1 << 18

  init(_ request: HTTPRequest, configuration: HTTPConfiguration, jar: CookieJar?) {
    self.request = request
    self.configuration = configuration
    self.jar = jar
    unsafe errorText[0] = 0
  }

  deinit {
    wipeFields()
    unsafe curl_slist_free_all(fieldList)
    unsafe errorText.deallocate()
  }

  var result: Result<HTTPResponse, HTTPError>? {
    get { outcome.withLock { $0 } }
    set { outcome.withLock { $0 = newValue } }
  }

  func takeResult() -> Result<HTTPResponse, HTTPError> {
    result ?? .failure(HTTPError(.failed, "the request was dropped"))
  }

  /// libcurl's own words for what went wrong. They can quote the server, such as a certificate's name.
  var curlMessage: String { unsafe String(cString: errorText).printable }

  /// Sets every option on a fresh or reset handle.
  func configure(_ easy: UnsafeMutableRawPointer) -> HTTPError? {
    if let fault = request.fault { return fault }
    var options = unsafe EasyOptions(easy)
    setSecurity(&options)
    if let fault = options.fault(.tls, "a TLS setting cannot be used") { return fault }
    setCallbacks(&options)
    setLimits(&options)
    setRequest(&options)
    return options.fault(.failed, "libcurl refuses a setting")
  }

  private func setCallbacks(_ options: inout EasyOptions) {
    let context = unsafe UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque())
    unsafe options.set(CURLOPT_PRIVATE, pointer: context)
    unsafe options.set(CURLOPT_ERRORBUFFER, pointer: errorText)
    unsafe options.set(CURLOPT_WRITEDATA, pointer: context)
    unsafe options.set(CURLOPT_HEADERDATA, pointer: context)
    unsafe options.set(CURLOPT_WRITEFUNCTION) { data, size, count, context in
      unsafe Transfer.from(context)?.receiveBody(UnsafeRawBufferPointer(start: data, count: size * count))
        ?? 0
    }
    unsafe options.set(CURLOPT_HEADERFUNCTION) { data, size, count, context in
      unsafe Transfer.from(context)?.receiveHeader(UnsafeRawBufferPointer(start: data, count: size * count))
        ?? 0
    }
  }

  private func setLimits(_ options: inout EasyOptions) {
    options.set(CURLOPT_NOSIGNAL, 1)
    // Without it a hanging name lookup is waited for, and every other transfer with it.
    options.set(CURLOPT_QUICK_EXIT, 1)
    options.set(CURLOPT_CONNECTTIMEOUT_MS, seconds: configuration.connectTimeout)
    options.set(CURLOPT_TIMEOUT_MS, seconds: configuration.requestTimeout)
    options.set(CURLOPT_LOW_SPEED_LIMIT, 1)
    options.set(CURLOPT_LOW_SPEED_TIME, wholeSeconds(configuration.stallTimeout))
    options.set(CURLOPT_ACCEPT_ENCODING, "")
    options.set(CURLOPT_USERAGENT, configuration.userAgent)
  }

  private func setSecurity(_ options: inout EasyOptions) {
    options.set(CURLOPT_PROTOCOLS_STR, "http,https")
    if let jar {
      unsafe options.set(CURLOPT_SHARE, pointer: UnsafeRawPointer(jar.share))
      options.set(CURLOPT_COOKIEFILE, "")
      for line in jar.takeInitial() { options.set(CURLOPT_COOKIELIST, line.reveal()) }
    }
    if let file = configuration.certificateAuthorityFile {
      options.set(CURLOPT_CAINFO, file)
      // Else the system's folder of authorities would be trusted beside the file.
      unsafe options.set(CURLOPT_CAPATH, pointer: nil)
    }
    if let file = configuration.clientCertificateFile { options.set(CURLOPT_SSLCERT, file) }
    if let file = configuration.clientKeyFile { options.set(CURLOPT_SSLKEY, file) }
    if configuration.skipsCertificateVerification {
      options.set(CURLOPT_SSL_VERIFYPEER, 0)
      options.set(CURLOPT_SSL_VERIFYHOST, 0)
    }
    if let proxy = configuration.proxy { options.set(CURLOPT_PROXY, proxy) }
  }

  private func setRequest(_ options: inout EasyOptions) {
    options.set(CURLOPT_URL, request.url)
    if request.body != nil || request.method == "POST" { setBody(&options) }
    if request.method != "GET" || request.body != nil { options.set(CURLOPT_CUSTOMREQUEST, request.method) }
    if request.method == "HEAD" { options.set(CURLOPT_NOBODY, 1) }
    for field in request.headers { appendField(field) }
    unsafe options.set(CURLOPT_HTTPHEADER, pointer: fieldList)
  }

  private func setBody(_ options: inout EasyOptions) {
    appendField(.init("Expect", ""))
    // libcurl would call every body a form.
    if !request.hasField("Content-Type") { appendField(.init("Content-Type", "")) }
    options.set(CURLOPT_POSTFIELDSIZE_LARGE, size: request.body?.count ?? 0)
    unsafe options.set(CURLOPT_POSTFIELDS, pointer: request.body?.address ?? UnsafeRawPointer(errorText))
  }

  private func appendField(_ field: HTTPRequest.Field) {
    var line: [UInt8] = []
    // Growing would leave pieces of the value behind.
    line.reserveCapacity(field.name.utf8.count + field.value.count + 3)
    line.append(contentsOf: field.name.utf8)
    line.append(0x3A)
    if !field.value.isEmpty { line.append(0x20) }
    unsafe field.value.withBytes { unsafe line.append(contentsOf: $0) }
    line.append(0)
    unsafe line.withUnsafeMutableBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      unsafe fieldList = curl_slist_append(fieldList, start.assumingMemoryBound(to: CChar.self))
      unsafe explicit_bzero(start, bytes.count)
    }
  }

  private func wipeFields() {
    var next = unsafe fieldList
    while let node = unsafe next {
      if let text = unsafe node.pointee.data { unsafe explicit_bzero(text, strlen(text)) }
      unsafe next = node.pointee.next
    }
  }

  private static func from(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    guard let context = unsafe context else { return nil }
    return unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
  }

  private func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard body.count + bytes.count <= configuration.maximumBodySize else {
      excess = "the response is larger than \(configuration.maximumBodySize) bytes"
      return 0
    }
    unsafe body.append(contentsOf: bytes)
    return bytes.count
  }

  /// A status line begins a new block: an interim response's or a proxy's fields are not the response's.
  private func receiveHeader(_ bytes: UnsafeRawBufferPointer) -> Int {
    if unsafe bytes.starts(with: "HTTP/".utf8) {
      headers.removeAll()
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
