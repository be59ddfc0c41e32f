/// What a server's certificate is like.
package enum CertificateKind: String, Sendable, CaseIterable {
  /// For `localhost` and `127.0.0.1`, for some days.
  case valid
  /// Was valid once.
  case expired
  /// Will be valid once.
  case notYetValid
  /// For another host.
  case wrongName
}

extension TestCertificates {
  /// Makes a server's certificate of the kind.
  package func server(_ kind: CertificateKind = .valid) throws -> Pair {
    let name = "server-\(kind.rawValue)"
    return switch kind {
    case .valid: try make(name)
    case .expired: try make(name, start: "20200101000000Z", end: "20210101000000Z")
    case .notYetValid: try make(name, start: "20600101000000Z", end: "20610101000000Z")
    case .wrongName: try make(name, alternatives: "DNS:elsewhere.test")
    }
  }
}
