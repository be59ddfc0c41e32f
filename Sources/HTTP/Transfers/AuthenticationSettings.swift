import CCurl

extension Transfer {
  private static var furtherMessages: Int { 8 }

  /// Whether the last response is the server's answer. No redirect is followed, so too many of them mean a login that
  /// does not come to its end: the refusal stands.
  func isAnswered(_ code: CURLcode) -> Bool {
    code == CURLE_OK || code == CURLE_TOO_MANY_REDIRECTS && request.authentication != nil
  }

  /// The connection itself gets the user's identity, so it is made anew and serves nobody else.
  func setAuthentication(_ options: inout EasyOptions) -> HTTPError? {
    guard let authentication = request.authentication else { return nil }
    if let fault = authentication.fault { return fault }
    options.set(CURLOPT_FRESH_CONNECT, 1)
    options.set(CURLOPT_FORBID_REUSE, 1)
    options.set(CURLOPT_HTTPAUTH, authentication.methods)
    // Each further message counts as a redirect. A server that offers NTLM and never sends its challenge, or a gateway
    // that spreads the messages over several connections, would be asked again without end.
    options.set(CURLOPT_MAXREDIRS, Self.furtherMessages)
    options.set(CURLOPT_USERNAME, authentication.user ?? "")
    options.set(CURLOPT_PASSWORD, secret: authentication.password ?? Secret(""))
    return options.fault(.failed, "the user or the password cannot be used")
  }
}

extension ConnectionAuthentication {
  /// With Kerberos libcurl takes whoever has a ticket, whatever user it is given; and NTLM has no tickets.
  fileprivate var methods: Int { user == nil ? auth_negotiate() : auth_ntlm() }

  fileprivate var fault: HTTPError? {
    let features = unsafe Int(library_facts().pointee.features)
    if user == nil {
      if scheme == .ntlm { return HTTPError(.failed, "NTLM needs a user and a password") }
      let hasNegotiate = features & Int(CURL_VERSION_SPNEGO) != 0
      return hasNegotiate ? nil : HTTPError(.failed, "this libcurl is built without Negotiate (SPNEGO)")
    }
    if scheme == .negotiate {
      return HTTPError(.failed, "Negotiate takes the user from the Kerberos ticket: name none, or use NTLM")
    }
    let hasNTLM = features & Int(CURL_VERSION_NTLM) != 0
    return hasNTLM ? nil : HTTPError(.failed, "this libcurl is built without NTLM")
  }
}
