import CCurl

extension Transfer {
  /// The response of a transfer that ended well.
  func response(_ easy: UnsafeMutableRawPointer) -> HTTPResponse {
    if let jar, headers.contains("Set-Cookie") { unsafe rememberCookies(easy, jar) }
    return HTTPResponse(
      status: unsafe easy_get_long(easy, CURLINFO_RESPONSE_CODE), headers: headers, body: body,
      seconds: Double(unsafe easy_get_offset(easy, CURLINFO_TOTAL_TIME_T)) / 1e6)
  }

  private func rememberCookies(_ easy: UnsafeMutableRawPointer, _ jar: CookieJar) {
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
    if exceedsLimit {
      return HTTPError(.tooLarge, "the response is larger than \(configuration.maximumBodySize) bytes")
    }
    let connectStatus = unsafe easy_get_long(easy, CURLINFO_HTTP_CONNECTCODE)
    if code == CURLE_RECV_ERROR, connectStatus != 0, connectStatus != 200 {
      return HTTPError(.proxy, "the proxy answered \(connectStatus)")
    }
    let words = curlMessage.isEmpty ? unsafe String(cString: curl_easy_strerror(code)) : curlMessage
    return HTTPError(Self.code(of: code), words)
  }

  private static func code(of code: CURLcode) -> HTTPError.Code {
    switch code {
    case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: .badURL
    case CURLE_COULDNT_RESOLVE_HOST: .dns
    case CURLE_COULDNT_CONNECT: .connect
    case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY: .proxy
    case CURLE_OPERATION_TIMEDOUT: .timeout
    case CURLE_FILESIZE_EXCEEDED: .tooLarge
    case CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING: .badResponse
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
