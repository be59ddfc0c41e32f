import HTTP

/// Everything that an examination has brought so far.
package struct Facts: Sendable {
  /// The address as it was typed.
  let typed: String
  /// Where the service is looked for; a redirection moves it.
  var target: DiagnosisTarget
  /// How the probes travel.
  let configuration: HTTPConfiguration
  let proxy: ProxyChoice
  /// The page that was typed, then what its redirections led to.
  var fronts: [Observation] = []
  /// The certificate behind an error of TLS, which nobody has verified.
  var untrusted: ServerCertificate?
  /// Whether another scheme or port answers, once the front has failed.
  var others: [Observation] = []
  var places: [Observation] = []
  /// Where the service is; nil: not found.
  var found: Place?
  /// What the service and the web server in front of it say.
  var service: [Observation] = []

  struct Place: Sendable, Hashable {
    let base: BaseURL
    let style: ResourceStyle.Paths

    /// The address to give: its spelling shows how paths are written.
    var address: String {
      var style = ResourceStyle()
      style.paths = self.style
      let resource = base.resource("/session", style)
      return self.style == .plain ? base.description : String(resource.prefix { $0 != "?" })
    }
  }

  /// Whether the service is where the address says, so that credentials for the address may go there. From plain HTTP
  /// to TLS on the same host is no other place.
  var isWhereTyped: Bool {
    guard let found, let typed = try? DiagnosisTarget(typed), typed.host == found.base.host else {
      return false
    }
    let isUpgrade = typed.scheme == "http" && found.base.scheme == "https" && typed.port == nil
    return typed.origin == found.base.origin || isUpgrade && found.base.port == nil
  }

  /// The last answer of the front: what stands at the end of the redirections.
  var front: Observation? { fronts.last }
  /// Why nothing could be had.
  var failure: HTTPError? { fronts.last?.failure }
  /// All answers.
  var responses: [HTTPResponse] { (fronts + places + service).compactMap(\.response) }

  func service(_ purpose: Probe.Purpose) -> HTTPResponse? {
    service.first { $0.probe.purpose == purpose }?.response
  }
}
