import CCurl

extension Transfer {
  /// The response of a transfer that ended well.
  func response(_ easy: UnsafeMutableRawPointer) -> HTTPResponse {
    unsafe rememberCookies(easy)
    var response = HTTPResponse(
      status: unsafe easy_get_long(easy, CURLINFO_RESPONSE_CODE), headers: headers, body: body,
      seconds: Double(unsafe easy_get_offset(easy, CURLINFO_TOTAL_TIME_T)) / 1e6)
    response.httpVersion = unsafe version(easy)
    if request.wantsCertificate || purpose == .certificate {
      response.certificate = unsafe ServerCertificate(easy)
    }
    if purpose == .tracedResponse { unsafe addDetails(&response, easy) }
    return response
  }

  private func version(_ easy: UnsafeMutableRawPointer) -> String {
    switch unsafe easy_get_long(easy, CURLINFO_HTTP_VERSION) {
    case CURL_HTTP_VERSION_1_0: "1.0"
    case CURL_HTTP_VERSION_1_1: "1.1"
    case CURL_HTTP_VERSION_2_0: "2"
    default: ""
    }
  }

  private func addDetails(_ response: inout HTTPResponse, _ easy: UnsafeMutableRawPointer) {
    let words = String(decoding: statusLine, as: UTF8.self).split(
      separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    if words.count == 3 { response.statusText = words[2].filter { !$0.isNewline } }
    response.serverAddress =
      unsafe easy_get_string(easy, CURLINFO_PRIMARY_IP).map { unsafe String(cString: $0) } ?? ""
    response.timings = unsafe HTTPTimings(easy)
  }

  private func rememberCookies(_ easy: UnsafeMutableRawPointer) {
    guard let jar, headers.contains("Set-Cookie") else { return }
    let list = unsafe easy_get_list(easy, CURLINFO_COOKIELIST)
    defer { unsafe curl_slist_free_all(list) }
    var lines: [Secret] = []
    var next = unsafe list
    while let node = unsafe next {
      if let data = unsafe node.pointee.data { lines.append(Secret(unsafe String(cString: data))) }
      unsafe next = node.pointee.next
    }
    jar.remember(lines)
  }

  /// The typed error of a transfer that failed.
  func error(_ easy: UnsafeMutableRawPointer, _ code: CURLcode) -> HTTPError {
    // An answer that breaks off may have brought the cookie of a session all the same.
    unsafe rememberCookies(easy)
    if let excess = unsafe excess ?? headerExcess(easy, code) { return HTTPError(.tooLarge, excess) }
    // Without a proxy the message would be the same, so the settings tell.
    if code == CURLE_COULDNT_CONNECT, ProxyChoice(url: request.url, configuration).address != nil {
      return HTTPError(.proxy, curlMessage)
    }
    let connectStatus = unsafe easy_get_long(easy, CURLINFO_HTTP_CONNECTCODE)
    if code == CURLE_RECV_ERROR, connectStatus != 0, connectStatus != 200 {
      return HTTPError(.proxy, "the proxy answered \(connectStatus)")
    }
    if code == CURLE_FILESIZE_EXCEEDED { return HTTPError(.tooLarge, bodyExcess) }
    let words = curlMessage.isEmpty ? unsafe String(cString: curl_easy_strerror(code)) : curlMessage
    let failure = unsafe TLSFailure(
      code: code, words: words, verification: easy_get_long(easy, CURLINFO_SSL_VERIFYRESULT),
      hasClientCertificate: configuration.clientCertificateFile != nil)
    return HTTPError(failure.isAlert ? .tls : Self.code(of: code), words, reason: failure.reason)
  }

  /// libcurl has limits of its own: 300 KiB for all fields, in interim responses too, and 100 KiB for one, of which
  /// it says that memory ran out.
  private func headerExcess(_ easy: UnsafeMutableRawPointer, _ code: CURLcode) -> String? {
    switch code {
    case CURLE_RECV_ERROR where unsafe easy_get_long(easy, CURLINFO_HEADER_SIZE) > Self.headerLimit:
      "the response's header fields are too large"
    case CURLE_OUT_OF_MEMORY where unsafe easy_get_long(easy, CURLINFO_REQUEST_SIZE) > 0:
      "a header field of the response is too large"
    default: nil
    }
  }

  private static func code(of code: CURLcode) -> HTTPError.Code {
    switch code {
    case CURLE_URL_MALFORMAT: .badURL
    case CURLE_COULDNT_RESOLVE_HOST: .dns
    case CURLE_COULDNT_CONNECT: .connect
    case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY: .proxy
    case CURLE_OPERATION_TIMEDOUT: .timeout
    case CURLE_FILESIZE_EXCEEDED: .tooLarge
    // Schemes are checked before, so what is left of unsupported protocols is an answer that is no HTTP.
    case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING: .badResponse
    case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE, CURLE_HTTP2,
      CURLE_HTTP2_STREAM:
      .reset
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
      CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_ENGINE_INITFAILED,
      CURLE_SSL_CACERT_BADFILE, CURLE_SSL_SHUTDOWN_FAILED, CURLE_SSL_CRL_BADFILE, CURLE_SSL_ISSUER_ERROR,
      CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CLIENTCERT:
      .tls
    default: .failed
    }
  }
}
