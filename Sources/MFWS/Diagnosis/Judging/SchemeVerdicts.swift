import HTTP

/// Connections that break off: TLS where there is none, none where there is TLS, and certificates that are refused.
enum SchemeVerdicts {
  static func finding(_ failure: HTTPError, _ facts: Facts) -> Finding {
    let target = facts.target
    let speaksOther = facts.others.contains { $0.response != nil }
    switch failure.reason {
    case .needsTLS: return wrongScheme("port \(target.effectivePort) speaks TLS, not plain HTTP", facts)
    case .notTLS: return wrongScheme("port \(target.effectivePort) speaks plain HTTP, not TLS", facts)
    case nil where speaksOther && target.isTLS:
      return wrongScheme("port \(target.effectivePort) speaks plain HTTP, not TLS", facts)
    case nil where speaksOther:
      return wrongScheme("port \(target.effectivePort) speaks TLS, not plain HTTP", facts)
    default: break
    }
    if failure.code == .tls { return CertificateVerdicts.refused(failure, facts) }
    let what = failure.code == .reset ? "closes the connection without an answer" : "does not speak HTTP"
    return Finding(
      .http, .wrong, "what answers at \(target.host), port \(target.effectivePort) \(what)",
      remedy: "check the port; run: mfsh doctor https://\(target.host)")
  }

  private static func wrongScheme(_ text: String, _ facts: Facts) -> Finding {
    let target = facts.target
    let address = DiagnosisTarget.origin(
      target.otherScheme, target.host,
      target.effectivePort == (target.isTLS ? 80 : 443) ? nil : target.effectivePort)
    return Finding(
      .tls, .wrong, text, remedy: "run: mfsh doctor \(address)\(target.folders.first ?? "")",
      data: ["url": .string(address)])
  }
}
