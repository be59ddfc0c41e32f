extension HTTPClient {
  /// The certificate that a server shows, whether or not it can be trusted. Nothing is sent but what begins TLS: no
  /// request, no cookie, no client certificate.
  ///
  /// - Parameter url: an `https` URL; its host and port count.
  /// - Throws: `HTTPError` when there is no connection with TLS.
  public func certificate(of url: String) async throws(HTTPError) -> ServerCertificate {
    guard url.hasPrefixIgnoringCase("https://") else {
      throw HTTPError(.badURL, "a certificate needs a URL that begins with https://")
    }
    var lenient = configuration
    lenient.minimumTLSVersion = .tls10
    let transfer = Transfer(
      HTTPRequest(url: url), client: ClientSettings(lenient), jar: nil, purpose: .certificate)
    guard let certificate = try await run(transfer).get().certificate else {
      throw HTTPError(.tls, "the server's certificate cannot be read")
    }
    return certificate
  }

  /// The error with its `reason`, for which the server is asked again where the error alone does not tell. Nothing that
  /// belongs to the user is sent.
  ///
  /// - Parameters:
  ///   - error: what a request to `url` failed with.
  ///   - url: the URL of that request.
  /// - Returns: `error`, with `reason` set when it could be found.
  public func explain(_ error: HTTPError, url: String) async -> HTTPError {
    guard error.reason == nil else { return error }
    var explained = error
    if url.hasPrefixIgnoringCase("http://") {
      explained.reason = await reasonOfPlain(error, url)
    } else if error.code == .tls || error.code == .reset {
      explained.reason = await reasonOfTLS(error, url)
    }
    return explained
  }

  private func reasonOfPlain(_ error: HTTPError, _ url: String) async -> HTTPError.Reason? {
    guard error.code == .reset || error.code == .badResponse else { return nil }
    let secure = "https" + url.dropFirst("http".count)
    return (try? await certificate(of: secure)) == nil ? nil : .needsTLS
  }

  private func reasonOfTLS(_ error: HTTPError, _ url: String) async -> HTTPError.Reason? {
    do throws(HTTPError) {
      let certificate = try await certificate(of: url)
      guard error.code == .tls else { return nil }
      if certificate.notAfter < Clock.secondsSince1970 { return .certificateExpired }
      if certificate.notBefore > Clock.secondsSince1970 { return .certificateNotYetValid }
      return nil
    } catch {
      if let reason = error.reason { return reason }
      return await answersWithoutTLS(url) ? .notTLS : nil
    }
  }

  /// A server with TLS refuses such a request with 400, if it answers at all.
  private func answersWithoutTLS(_ url: String) async -> Bool {
    guard let origin = plainOrigin(of: url) else { return false }
    let transfer = Transfer(
      HTTPRequest(method: "HEAD", url: origin), client: settings, jar: nil)
    guard case .success(let response) = await run(transfer) else { return false }
    return response.status != 400
  }

  /// `http://host:port/` of an `https` URL, without user, password, path and query.
  private func plainOrigin(of url: String) -> String? {
    guard url.hasPrefixIgnoringCase("https://") else { return nil }
    let authority = url.dropFirst("https://".count).prefix { !"/?#\\".contains($0) }
    let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? authority
    let hasPort = host.suffix(while: { $0 != "]" }).contains(":")
    return "http://\(host)\(hasPort ? "" : ":443")/"
  }
}

extension Substring {
  /// The longest end whose characters all fulfil `condition`.
  fileprivate func suffix(while condition: (Character) -> Bool) -> Substring {
    self[(lastIndex { !condition($0) }.map { index(after: $0) } ?? startIndex)...]
  }
}
