import HTTP

/// Which requests an examination makes.
enum ProbePlan {
  /// Requests without a cookie, to see how many nodes answer.
  private static let nodeCount = 8

  /// GET `/server/status` wherever the service may be.
  static func places(_ target: DiagnosisTarget, _ styles: [ResourceStyle.Paths]) -> [Probe] {
    target.folders.flatMap { folder in
      styles.compactMap { style in
        target.base(folder).map { base in
          Probe(.place(folder: folder, style: style), base.resource("/server/status", with(style)))
        }
      }
    }
  }

  /// The place that an answer came from.
  ///
  /// - Parameter isSure: false when the answer is no service's; then a folder of its own must tell it from the rest.
  static func place(of observation: Observation, isSure: Bool) -> Facts.Place? {
    guard case .place(_, let style) = observation.probe.purpose, isSure || style == .plain,
      let base = try? BaseURL(String(observation.probe.url.prefix { $0 != "?" }))
    else { return nil }
    let folder = DiagnosisTarget.folder(of: base.path)
    return (try? BaseURL(base.origin + folder)).map { Facts.Place(base: $0, style: style) }
  }

  /// What can be had at another scheme or port, once the front has failed.
  static func others(_ facts: Facts) -> [Probe] {
    let target = facts.target
    guard let failure = facts.failure else { return [] }
    switch failure.code {
    case .connect, .timeout:
      let usual = ["https", "http"].filter { target.hasPort || $0 != target.scheme }
      return usual.map { Probe(.otherFront, DiagnosisTarget.origin($0, target.host, nil) + "/") }
        .filter { $0.url != "\(target.origin)/" }
    case .tls, .reset, .badResponse:
      guard [nil, .notTLS, .needsTLS].contains(failure.reason) else { return [] }
      return [otherScheme(target)]
    default: return []
    }
  }

  /// The same port with TLS, or without.
  static func otherScheme(_ target: DiagnosisTarget) -> Probe {
    Probe(.otherFront, "\(target.otherScheme)://\(target.host):\(target.effectivePort)/")
  }

  /// What the service that was found can do.
  static func service(_ place: Facts.Place) -> [Probe] {
    verbs(place) + styles(place) + nodes(place) + [
      Probe(.protocols, place.base.resource("/server/authenticationprotocols", with(place.style))),
      Probe(.singleSignOn, place.base.singleSignOn + "?popup=1"),
    ]
  }

  /// Without a login both are refused, by the service itself if they reach it.
  private static func verbs(_ place: Facts.Place) -> [Probe] {
    let vault = place.base.resource("/session/vault", with(place.style))
    let session = place.base.resource("/session", with(place.style))
    func overridden(_ url: String, _ verb: String) -> String {
      "\(url)\(url.contains("?") ? "&" : "?")_method=\(verb)"
    }
    return [
      Probe(.verb("PUT", .plain), vault, method: "PUT"),
      Probe(.verb("DELETE", .plain), session, method: "DELETE"),
      Probe(.verb("PUT", .override), overridden(vault, "PUT"), method: "POST"),
      Probe(.verb("DELETE", .override), overridden(session, "DELETE"), method: "POST"),
    ]
  }

  private static func styles(_ place: Facts.Place) -> [Probe] {
    ResourceStyle.Paths.allCases.filter { $0 != place.style }.map { style in
      Probe(.place(folder: place.base.path, style: style), place.base.resource("/server/status", with(style)))
    }
  }

  private static func nodes(_ place: Facts.Place) -> [Probe] {
    let url = place.base.resource("/server/publickey", with(place.style))
    return (0..<nodeCount).map { _ in Probe(.node, url) }
  }

  private static func with(_ paths: ResourceStyle.Paths) -> ResourceStyle {
    var style = ResourceStyle()
    style.paths = paths
    return style
  }
}
