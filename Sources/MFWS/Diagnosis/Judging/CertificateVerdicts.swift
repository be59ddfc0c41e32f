import HTTP

/// TLS and the server's certificate.
enum CertificateVerdicts {
  /// From here on a certificate wants attention.
  private static let daysOfWarning = 21

  static func findings(_ facts: Facts, now: Double) -> [Finding] {
    guard let last = facts.fronts.last(where: { $0.response != nil }) else { return [] }
    guard last.probe.url.hasPrefixIgnoringCase("https:") else { return plain(facts) }
    guard let certificate = last.response?.certificate else {
      return [unverified(facts, "TLS")].compactMap { $0 }
    }
    let days = certificate.daysLeft(at: now)
    if let finding = unverified(facts, "certificate of \(certificate.subject), \(days) days left") {
      return [finding]
    }
    let isShort = days < daysOfWarning
    return [
      Finding(
        .tls, isShort ? .doubtful : .fine,
        "certificate of \(certificate.subject), \(days) days left, issued by \(certificate.issuer)",
        remedy: isShort ? "renew the certificate in the web server" : nil, data: data(certificate, days))
    ]
  }

  private static func unverified(_ facts: Facts, _ text: String) -> Finding? {
    guard facts.configuration.skipsCertificateVerification else { return nil }
    return Finding(
      .tls, .doubtful, "\(text), not verified",
      remedy: "leave out --insecure; --cacert FILE names an authority of your own")
  }

  private static func plain(_ facts: Facts) -> [Finding] {
    guard facts.target.base("")?.isLoopback == false else { return [] }
    return [
      Finding(
        .tls, .wrong, "plain HTTP: passwords would travel unencrypted, and mfsh sends none",
        remedy: "run: mfsh doctor https://\(facts.target.host)")
    ]
  }

  // MARK: refused

  static func refused(_ failure: HTTPError, _ facts: Facts) -> Finding {
    let (text, remedy) = words(failure, facts)
    let known = facts.untrusted.map { data($0, nil) } ?? [:]
    return Finding(.tls, .wrong, text, remedy: remedy, data: known)
  }

  private static func words(_ failure: HTTPError, _ facts: Facts) -> (String, String) {
    let host = facts.target.host
    let subject = facts.untrusted.map { " of \($0.subject)" } ?? ""
    switch failure.reason {
    case .certificateExpired:
      return (
        "the certificate\(subject) has expired\(facts.untrusted.map { " on \(Day.text($0.notAfter))" } ?? "")",
        "renew it in the web server, or set this computer's clock if it is wrong"
      )
    case .certificateNotYetValid:
      return (
        "the certificate\(subject) is not valid yet",
        "set this computer's clock, or the server's if it made the certificate"
      )
    case .untrustedAuthority:
      let issuer = facts.untrusted.map { ", issued by \($0.issuer)," } ?? ""
      return (
        "the certificate\(subject)\(issuer) is not trusted here",
        "give the authority's certificate: mfsh doctor --cacert FILE \(facts.typed)"
      )
    case .wrongHostName:
      return ("the certificate\(subject) is not for \(host)", "use the name that the certificate is for")
    case .clientCertificateRequired:
      return ("the server wants a certificate of the client", "give --cert FILE and --key FILE")
    case .clientCertificateRefused:
      return (
        "the server refuses the client's certificate", "check --cert and --key, and whom the server trusts"
      )
    case .protocolVersion:
      return (
        "server and client have no version of TLS in common",
        "let the server speak TLS 1.2 or later"
      )
    default: return ("no connection with TLS: \(failure.message)", "check port and certificate")
    }
  }

  private static func data(_ certificate: ServerCertificate, _ days: Int?) -> [String: JSONValue] {
    var data: [String: JSONValue] = [
      "subject": .string(certificate.subject), "issuer": .string(certificate.issuer),
      "not_after": .string(Day.text(certificate.notAfter)),
    ]
    data["days_left"] = days.map { .integer(Int64($0)) }
    return data
  }
}
