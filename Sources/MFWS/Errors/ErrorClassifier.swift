package import HTTP

/// The one place that turns what came, or did not come, into an error. By status, exception name and what was proved
/// before; never by a text, which comes in the server's language.
package enum ErrorClassifier {
  /// What is wrong with a response; nil when nothing is.
  package static func error(
    for response: HTTPResponse, to request: ResourceRequest, step: Step
  ) -> MFWSError? {
    guard (200..<300).contains(response.status) else {
      return error(for: response, to: request.name, step: step)
    }
    guard var error = shapeError(response, request) else { return nil }
    error.status = response.status
    error.request = request.name
    return error
  }

  /// What a response that is not 2xx means.
  package static func error(for response: HTTPResponse, to request: String, step: Step) -> MFWSError {
    let body = WebServiceError(response.body.count > 1 << 20 ? nil : JSONText.value(response.body))
    var error = classify(response, body, step: step)
    error.status = response.status
    error.request = request
    if error.code == .requestNotFound { error.message = "\(request): \(error.message)" }
    error.exception = body?.exception
    error.reference = body?.reference
    error.isLoggedInVault = body?.isLoggedInVault
    error.isLoggedInApplication = body?.isLoggedInApplication
    error.cause = error.cause ?? body?.message
    return error
  }

  package static func error(for failure: HTTPError, to request: String, at url: BaseURL) -> MFWSError {
    var error = MFWSError(code(of: failure.code), sentence(failure, url))
    error.request = request
    error.cause = failure.message
    return error
  }

  // MARK: answers

  /// A 200 can be a proxy's page, a single sign-on page, or nothing (protocol: surprise 6).
  private static func shapeError(_ response: HTTPResponse, _ request: ResourceRequest) -> MFWSError? {
    let first = JSONText.firstByte(response.body)
    if first == UInt8(ascii: "<") { return notMFWS(response) }
    switch request.answer {
    case .any: return nil
    case .object where first == UInt8(ascii: "{"), .array where first == UInt8(ascii: "["): return nil
    case _ where first == nil: return notMFWS(response)
    default: break
    }
    let expected = request.answer == .array ? "a list" : "an object"
    return MFWSError(
      .serverBadResponse,
      "\(request.name) answered with something else where \(expected) was expected: check the address")
  }

  private static func classify(_ response: HTTPResponse, _ body: WebServiceError?, step: Step) -> MFWSError {
    switch response.status {
    case 408, 425, 429, 502, 503, 504: return busy(response)
    // A gateway's page says nothing about the account, whatever its status.
    case _ where body == nil: return notMFWS(response)
    case 401, 403: return refusal(body, step)
    case 404: return MFWSError(.requestNotFound, "the server has no such resource: check the path")
    case 405, 501: return MFWSError(.requestInvalid, "the server does not take this method here")
    case 409: return MFWSError(.requestConflict, "the name is not unique: use the GUID")
    case 400..<500: return MFWSError(.requestInvalid, "the server does not understand the request")
    default: return MFWSError(.serverFailed, "the server failed; its log has more under the error reference")
    }
  }

  private static func refusal(_ body: WebServiceError?, _ step: Step) -> MFWSError {
    if body?.innerException == "CryptographicException" {
      return MFWSError(.sessionWrongNode, "another node of the server made this token: log in again")
    }
    switch step {
    case .credentials(let claim):
      return MFWSError(.deniedCredentials, "the server refused \(claim.subject): \(claim.remedy)")
    case .vault(let user, let vault): return refusedVault(vault, user)
    case .repeated where body?.isLoggedInApplication != true:
      return MFWSError(.deniedOperation, "the account is logged in, but may not do this")
    case .proved, .repeated, .server: return lateRefusal(body)
    }
  }

  /// The account is proved, and may not enter the vault.
  static func refusedVault(_ vault: String, _ user: String) -> MFWSError {
    MFWSError(
      .deniedVault,
      "\"\(user)\" may log in but not enter the vault \"\(vault)\": check its name; session.vaults() lists those it may enter"
    )
  }

  private static func lateRefusal(_ body: WebServiceError?) -> MFWSError {
    switch (body?.isLoggedInApplication, body?.isLoggedInVault) {
    case (true?, false?):
      MFWSError(.deniedOperation, "this needs a vault: enter one with session.use(\"name\")")
    case (true?, _):
      MFWSError(.deniedOperation, "the account is logged in, but may not do this")
    default:
      MFWSError(.sessionExpired, "the session has ended on the server: log in again")
    }
  }

  private static func busy(_ response: HTTPResponse) -> MFWSError {
    let seconds = response.headers["Retry-After"].flatMap(RetryAfter.seconds)
    let later = seconds.map { "in \(Int($0.rounded(.up))) s" } ?? "later"
    let page = JSONText.title(response.body).map { ", \"\($0)\"" } ?? ""
    var error = MFWSError(
      .serverBusy,
      "the server or its gateway is not available (\(response.status)\(page)): try again \(later)")
    error.retryAfter = seconds
    return error
  }

  /// An answer that no M-Files Web Service gives.
  package static func notMFWS(_ response: HTTPResponse) -> MFWSError {
    if (300..<400).contains(response.status) {
      let target = response.headers["Location"].map { " to \(Self.shown($0))" } ?? ""
      return MFWSError(
        .serverNotMFWS,
        "the address answers with a redirection\(target): use the address of M-Files Web itself")
    }
    let isEmpty = JSONText.firstByte(response.body) == nil
    let what =
      JSONText.title(response.body).map { "a page titled \"\($0)\"" }
      ?? (isEmpty ? "something with an empty body" : "something else")
    return MFWSError(
      .serverNotMFWS,
      "no M-Files Web Service answers there, but \(what) (status \(response.status)): check the address")
  }

  /// Without a query, which may hold secrets.
  private static func shown(_ location: String) -> String {
    String(location.prefix { $0 != "?" }.prefix(200))
  }

  // MARK: the network

  private static func code(of code: HTTPError.Code) -> MFWSError.Code {
    switch code {
    case .badURL, .failed: .clientUsage
    case .dns: .networkDNS
    case .connect: .networkConnect
    case .reset: .networkReset
    case .tls: .networkTLS
    case .proxy: .networkProxy
    case .timeout: .networkTimeout
    case .tooLarge: .serverTooLarge
    case .badResponse: .serverNotMFWS
    case .cancelled: .clientCancelled
    }
  }

  private static func sentence(_ failure: HTTPError, _ url: BaseURL) -> String {
    switch failure.code {
    case .badURL: "the address \(url) cannot be used: check it"
    case .failed: "the request cannot be made: \(failure.message)"
    case .dns: "the name \(url.host) has no address: check the server's name and the network"
    case .connect: "nothing answers at \(url.origin): check address, port and firewall"
    case .reset: "\(url.origin) closed the connection before it answered: try again"
    case .tls: "no trusted connection to \(url.origin): \(tlsCause(failure, url))"
    case .proxy: "the proxy failed: \(failure.message)"
    case .timeout: "\(url.origin) did not answer in time; --max-time and --connect-timeout change the limits"
    case .tooLarge: failure.message
    case .badResponse: "what answers at \(url.origin) does not speak HTTP: check the port"
    case .cancelled: "cancelled"
    }
  }

  private static func tlsCause(_ failure: HTTPError, _ url: BaseURL) -> String {
    switch failure.reason {
    case .certificateExpired: "its certificate has ended: have it renewed"
    case .certificateNotYetValid: "its certificate is not valid yet: check the clocks of both computers"
    case .untrustedAuthority:
      "nobody known here issued its certificate: --cacert names an authority of your own"
    case .wrongHostName: "its certificate is for another name than \(url.host): use that name"
    case .notTLS: "the port does not speak TLS: check the port, or use http://"
    case .needsTLS: "the port speaks TLS: use https://"
    case .clientCertificateRequired: "it wants a certificate of yours: --cert FILE --key FILE"
    case .clientCertificateRefused: "it does not accept your certificate: check --cert and --key"
    case .protocolVersion: "it speaks no TLS that is allowed here: --tlsv1.2 or --tlsv1.3 says from which on"
    case nil: "\(failure.message); --cacert names an authority of your own"
    }
  }
}
