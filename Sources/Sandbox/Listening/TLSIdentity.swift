import Cryptography

/// What a TLS listener needs, all as PEM text.
struct TLSIdentity: Sendable {
  let authority: String
  let certificate: String
  let key: String
  let clientAuthorities: String?

  /// Makes an authority and a certificate for `host`.
  init(_ tls: SandboxConfiguration.TLS, host: String) throws(SandboxError) {
    if let authorities = tls.clientAuthorities, !CertificateAuthority.holdsCertificate(authorities) {
      throw SandboxError(
        .configuration, "the client authorities are no certificates in PEM; give a file that holds some")
    }
    let names = ["localhost", "127.0.0.1", "::1"]
    let others = ([host] + tls.names).filter { !names.contains($0) && $0 != "0.0.0.0" && $0 != "::" }
    do {
      let authority = try CertificateAuthority(name: "mfsh sandbox")
      let identity = try authority.issue("localhost", for: .server(names + others), validity: tls.validity)
      self.authority = authority.certificate
      certificate = identity.certificate
      key = identity.key
      clientAuthorities = tls.clientAuthorities
    } catch {
      throw SandboxError(.configuration, "no certificate could be made: \(error); check the names")
    }
  }
}
