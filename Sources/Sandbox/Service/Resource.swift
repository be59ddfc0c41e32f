/// The resources of the service, by their path below `/REST`.
enum Resource: String, CaseIterable {
  case session
  case sessionToken = "session/authenticationtoken"
  case sessionUserID = "session/userid"
  case sessionVault = "session/vault"
  case sessionVaults = "session/vaults"
  case serverTokens = "server/authenticationtokens"
  case serverVaults = "server/vaults"
  case serverStatus = "server/status"
  case serverPublicKey = "server/publickey"
  case serverCapabilities = "server/capabilities"
  case serverProtocols = "server/authenticationprotocols"
  case sandboxStats = "sandbox/stats"
  case sandboxFaults = "sandbox/faults"
  case sandboxNodes = "sandbox/nodes"

  private static let byPath = Dictionary(uniqueKeysWithValues: allCases.map { ("/" + $0.rawValue, $0) })

  /// The resource of a path such as `/session/vaults`, in any case.
  init?(path: String) {
    guard let resource = Self.byPath[path] ?? Self.byPath[path.lowercased()] else { return nil }
    self = resource
  }

  /// Whether it is the sandbox's own, for tests, and no part of the web service.
  var isControl: Bool { rawValue.hasPrefix("sandbox/") }
  /// Whether it answers without M-Files Server.
  var needsNoServer: Bool { self == .serverPublicKey || self == .serverTokens }
}

/// Where a request really goes: IIS and old set-ups wrap verb and path.
struct Target {
  var method: String
  /// `/session/vaults`: what follows `/REST`, in the client's letters, but without `.aspx` and `.ashx`.
  var path: String

  /// Unwraps `MFWS.ashx?restPath=…` and `_method=…`. The query that `restPath` carries joins the request's own.
  init(_ request: inout WebRequest, unwrapsVerb: Bool = true) {
    path = Self.belowREST(request.path)
    if path.endsIgnoringCase(in: "/mfws"), let inner = request.parameter("restPath") {
      let parts = inner.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
      path = Self.belowREST("/" + parts[0])
      if parts.count == 2 { request.query += Self.fields(parts[1]) }
    }
    method = request.method.uppercased()
    if unwrapsVerb, method == "POST", let wrapped = request.parameter("_method")?.uppercased(),
      ["PUT", "DELETE"].contains(wrapped)
    {
      method = wrapped
    }
    request.method = method
  }

  private static func belowREST(_ path: String) -> String {
    if let plain = path.plainBelowREST { return plain }
    var segments = path.split(separator: "/").map(\.withoutSuffix)
    if let index = segments.prefix(2).firstIndex(where: { $0.lowercased() == "rest" }) {
      segments.removeFirst(index + 1)
    }
    return "/" + segments.joined(separator: "/")
  }

  /// The fields of a query that was percent-decoded already, as part of `restPath`.
  private static func fields(_ query: Substring) -> [WebRequest.Field] {
    query.split(separator: "&").map { field in
      let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (String(parts[0]), parts.count == 2 ? String(parts[1]) : "")
    }
  }
}

extension String {
  /// What follows `/REST`, of a path as most clients write it: there is nothing to be left out.
  fileprivate var plainBelowREST: String? {
    let root = "/REST"
    guard hasPrefix(root) else { return nil }
    let rest = utf8.dropFirst(root.utf8.count)
    var last = UInt8(ascii: "R")
    for byte in rest {
      if byte == UInt8(ascii: ".") || byte == UInt8(ascii: "/") && last == byte { return nil }
      last = byte
    }
    guard rest.first == UInt8(ascii: "/"), last != UInt8(ascii: "/") else { return nil }
    return String(Substring(rest))
  }
}

extension Substring {
  /// The segment without `.aspx` or `.ashx`.
  fileprivate var withoutSuffix: Substring {
    let end = suffix(5).lowercased()
    return end == ".aspx" || end == ".ashx" ? dropLast(5) : self
  }
}
