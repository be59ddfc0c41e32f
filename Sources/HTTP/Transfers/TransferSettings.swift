import CCurl

/// What a transfer asks of libcurl.
extension Transfer {
  /// Sets every option on a fresh or reset handle.
  func configure(_ handle: EasyHandle) -> HTTPError? {
    if let fault = request.fault { return fault }
    var options = EasyOptions(handle)
    setTLS(&options)
    if let fault = options.fault(.tls, "a TLS setting cannot be used") { return fault }
    setProxy(&options)
    if let fault = options.fault(.proxy, "a setting of the proxy cannot be used") { return fault }
    if let fault = setAddresses(&options) ?? setAuthentication(&options) { return fault }
    setCallbacks(&options, handle)
    setLimits(&options)
    setProtocol(&options)
    setMethod(&options, handle)
    setParts(&options)
    return options.fault(.failed, Self.refusal)
  }

  /// Sets on a handle with the options of the client what is left for a plain transfer.
  func configureAgain(_ handle: EasyHandle) -> HTTPError? {
    if let fault = request.fault { return fault }
    var options = EasyOptions(handle)
    setParts(&options)
    return options.fault(.failed, Self.refusal)
  }

  private static var refusal: String { "libcurl refuses a setting" }

  private func setCallbacks(_ options: inout EasyOptions, _ handle: EasyHandle) {
    // The handle outlives its use by libcurl.
    let context = unsafe UnsafeRawPointer(Unmanaged.passUnretained(handle).toOpaque())
    unsafe options.set(CURLOPT_PRIVATE, pointer: context)
    unsafe options.set(CURLOPT_ERRORBUFFER, pointer: handle.errorText)
    unsafe options.set(CURLOPT_WRITEDATA, pointer: context)
    unsafe options.set(CURLOPT_HEADERDATA, pointer: context)
    unsafe options.set(CURLOPT_WRITEFUNCTION) { data, size, count, context in
      unsafe EasyHandle.transfer(context)?.receiveBody(
        UnsafeRawBufferPointer(start: data, count: size * count)) ?? 0
    }
    unsafe options.set(CURLOPT_HEADERFUNCTION) { data, size, count, context in
      unsafe EasyHandle.transfer(context)?.receiveHeader(
        UnsafeRawBufferPointer(start: data, count: size * count)) ?? 0
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
    // A response without a body may still tell of a large one.
    if request.method != "HEAD" {
      options.set(CURLOPT_MAXFILESIZE_LARGE, size: configuration.maximumBodySize)
    }
    options.set(CURLOPT_ACCEPT_ENCODING, "")
    options.set(CURLOPT_USERAGENT, configuration.userAgent)
  }

  private func setCookies(_ options: inout EasyOptions) {
    guard let jar else { return }
    unsafe options.set(CURLOPT_SHARE, pointer: UnsafeRawPointer(jar.share))
    options.set(CURLOPT_COOKIEFILE, "")
    for line in jar.takeInitial() { options.set(CURLOPT_COOKIELIST, secret: line) }
  }

  private func setTLS(_ options: inout EasyOptions) {
    options.set(CURLOPT_SSLVERSION, configuration.minimumTLSVersion.option)
    setAuthorities(&options)
    if request.wantsCertificate || purpose == .certificate {
      options.set(CURLOPT_CERTINFO, 1)
      options.set(CURLOPT_FRESH_CONNECT, 1)
    }
    if purpose == .certificate {
      options.set(CURLOPT_CONNECT_ONLY, 1)
    } else {
      setClientCertificate(&options)
    }
    if configuration.skipsCertificateVerification || purpose == .certificate {
      options.set(CURLOPT_SSL_VERIFYPEER, 0)
      options.set(CURLOPT_SSL_VERIFYHOST, 0)
    }
  }

  /// What is named replaces the system's file and folder, which would be trusted beside it otherwise.
  private func setAuthorities(_ options: inout EasyOptions) {
    let (file, folder) = (configuration.certificateAuthorityFile, configuration.certificateAuthorityFolder)
    guard file != nil || folder != nil else { return }
    unsafe options.set(CURLOPT_CAINFO, pointer: nil)
    unsafe options.set(CURLOPT_CAPATH, pointer: nil)
    if let file { options.set(CURLOPT_CAINFO, file) }
    if let folder { options.set(CURLOPT_CAPATH, folder) }
  }

  private func setClientCertificate(_ options: inout EasyOptions) {
    if let file = configuration.clientCertificateFile { options.set(CURLOPT_SSLCERT, file) }
    if let file = configuration.clientKeyFile { options.set(CURLOPT_SSLKEY, file) }
    if let passphrase = configuration.clientKeyPassphrase {
      options.set(CURLOPT_KEYPASSWD, secret: passphrase)
    }
  }

  private func setProxy(_ options: inout EasyOptions) {
    if let proxy = configuration.proxy { options.set(CURLOPT_PROXY, proxy) }
    if let hosts = configuration.noProxy { options.set(CURLOPT_NOPROXY, hosts) }
    guard let user = configuration.proxyUser else { return }
    options.set(CURLOPT_PROXYUSERNAME, user)
    options.set(CURLOPT_PROXYPASSWORD, secret: configuration.proxyPassword ?? Secret(""))
    // Not Negotiate, which would take whoever has a ticket instead of this user.
    options.set(CURLOPT_PROXYAUTH, auth_basic() | auth_digest() | auth_ntlm())
  }

  /// Not CURLOPT_RESOLVE: its entries go to the cache of all transfers of the loop, those of other clients too.
  private func setAddresses(_ options: inout EasyOptions) -> HTTPError? {
    guard !configuration.resolve.isEmpty else { return nil }
    for entry in configuration.resolve {
      guard let entry = ResolveEntry(entry) else {
        return HTTPError(.failed, "\"\(entry.printable)\" cannot be resolved to: write host:port:address")
      }
      connectTo.append(size: entry.connection.utf8.count) { $0 += entry.connection.utf8 }
    }
    unsafe options.set(CURLOPT_CONNECT_TO, pointer: connectTo.head)
    return nil
  }

  private func setProtocol(_ options: inout EasyOptions) {
    options.set(CURLOPT_PROTOCOLS_STR, "http,https")
    let isOld = configuration.httpVersion == .http11 || request.authentication != nil
    options.set(CURLOPT_HTTP_VERSION, isOld ? CURL_HTTP_VERSION_1_1 : CURL_HTTP_VERSION_2TLS)
  }

  private func setMethod(_ options: inout EasyOptions, _ handle: EasyHandle) {
    if request.hasBody { setBody(&options, handle) }
    if request.method != "GET" || request.body != nil { options.set(CURLOPT_CUSTOMREQUEST, request.method) }
    if request.method == "HEAD" { options.set(CURLOPT_NOBODY, 1) }
  }

  /// What each request has of its own. The handle lets go of all of it at the transfer's end.
  private func setParts(_ options: inout EasyOptions) {
    setCookies(&options)
    options.set(CURLOPT_URL, request.url)
    for field in request.headers { append(field) }
    unsafe options.set(CURLOPT_HTTPHEADER, pointer: fields.head)
  }

  private func setBody(_ options: inout EasyOptions, _ handle: EasyHandle) {
    append(.init("Expect", ""))
    // libcurl would call every body a form.
    if !request.hasField("Content-Type") { append(.init("Content-Type", "")) }
    options.set(CURLOPT_POSTFIELDSIZE_LARGE, size: request.body?.count ?? 0)
    unsafe options.set(
      CURLOPT_POSTFIELDS, pointer: request.body?.address ?? UnsafeRawPointer(handle.errorText))
  }

  private func append(_ field: HTTPRequest.Field) {
    fields.append(size: field.name.utf8.count + field.value.count + 2) { line in
      line.append(contentsOf: field.name.utf8)
      line.append(0x3A)
      if !field.value.isEmpty { line.append(0x20) }
      unsafe field.value.withBytes { unsafe line.append(contentsOf: $0) }
    }
  }
}

extension TLSVersion {
  fileprivate var option: Int {
    switch self {
    case .tls10: Int(CURL_SSLVERSION_TLSv1_0)
    case .tls11: Int(CURL_SSLVERSION_TLSv1_1)
    case .tls12: Int(CURL_SSLVERSION_TLSv1_2)
    case .tls13: Int(CURL_SSLVERSION_TLSv1_3)
    }
  }
}
