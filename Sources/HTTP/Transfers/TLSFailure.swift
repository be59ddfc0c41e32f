import CCurl

/// Finds out why TLS failed: by libcurl's code, by what verification found, and by the words of the TLS library, which
/// are never translated.
struct TLSFailure {
  let code: CURLcode
  let words: String
  /// CURLINFO_SSL_VERIFYRESULT, which each TLS library numbers in its own way.
  let verification: Int
  let hasClientCertificate: Bool

  /// In TLS 1.3 a client hears of a refusal only after its request, as a failed read.
  var isAlert: Bool { code == CURLE_RECV_ERROR && has("alert") }

  var reason: HTTPError.Reason? {
    switch code {
    case CURLE_PEER_FAILED_VERIFICATION: certificateReason
    case CURLE_SSL_CONNECT_ERROR, CURLE_RECV_ERROR: handshakeReason
    default: nil
    }
  }

  private var certificateReason: HTTPError.Reason? {
    if has("match") { return .wrongHostName }
    return Self.isGnuTLS ? gnuTLSReason : openSSLReason
  }

  /// GNUTLS_CERT_EXPIRED and so on, a set of flags.
  private var gnuTLSReason: HTTPError.Reason? {
    if verification & 0x40 != 0 || verification & 0x80 != 0 { return .untrustedAuthority }
    if verification & 0x400 != 0 { return .certificateExpired }
    return verification & 0x200 != 0 ? .certificateNotYetValid : nil
  }

  /// X509_V_ERR_CERT_HAS_EXPIRED and so on.
  private var openSSLReason: HTTPError.Reason? {
    switch verification {
    case 9: .certificateNotYetValid
    case 10: .certificateExpired
    case 2, 18...21, 24: .untrustedAuthority
    case 62, 64: .wrongHostName
    default: nil
    }
  }

  private var handshakeReason: HTTPError.Reason? {
    if has("unexpected tls packet") || has("wrong version number") || has("packet length")
      || has("http request")
    {
      return .notTLS
    }
    if has("protocol version") || has("unsupported protocol") { return .protocolVersion }
    guard isAlert || Self.refusals.contains(where: has), !has("reading") else { return nil }
    return hasClientCertificate ? .clientCertificateRefused : .clientCertificateRequired
  }

  /// Alerts after which a server that wants a certificate hangs up; the first may also mean that no cipher is shared.
  private static let refusals = ["handshake fail", "certificate", "ca is unknown", "unknown ca"]

  private func has(_ text: String) -> Bool { words.lowercased().contains(text) }

  private static let isGnuTLS =
    unsafe library_facts().pointee.ssl_version.map { unsafe String(cString: $0).contains("GnuTLS") } ?? false
}
