/// What the web server in front of the service does with a request.
struct Site: Sendable {
  var mode = SandboxConfiguration.Mode.normal
  var verbs = SandboxConfiguration.Verbs.any
  /// The folder that everything lives in, such as `["m-files"]`; empty for the root, where any folder will do.
  var folder: [String] = []
  var takesOnlyAshx = false

  /// The page that answers instead of the service; nil when the service is to answer.
  func page(for request: WebRequest) -> WebResponse? {
    let segments = request.path.split(separator: "/").map { $0.lowercased() }
    switch mode {
    case .loginPage: return .loginPage
    case .iisOnly: return segments.isEmpty ? .welcome : .fileNotFound
    case .normal, .stopped: break
    }
    if !folder.isEmpty, let page = folderPage(segments) { return page }
    if ["PUT", "DELETE"].contains(request.method.uppercased()) {
      if verbs == .postOnly { return .verbBlocked }
      if verbs == .postOnly501 { return .verbUnknown }
    }
    let isAshx = segments.last.map { $0 == "mfws.ashx" } ?? false
    return takesOnlyAshx && !isAshx && !request.isForSSO ? .fileNotFound : nil
  }

  /// Inside the folder only `/REST` and the page for single sign-on are the service's.
  private func folderPage(_ segments: [String]) -> WebResponse? {
    guard segments.starts(with: folder.map { $0.lowercased() }) else {
      return segments.isEmpty ? .welcome : .fileNotFound
    }
    switch segments.dropFirst(folder.count).first {
    case nil: return .loginPage
    case "rest", "webservicesso.aspx": return nil
    default: return .fileNotFound
    }
  }

  /// The path without the folder.
  func inner(_ path: String) -> String {
    folder.isEmpty ? path : "/" + path.split(separator: "/").dropFirst(folder.count).joined(separator: "/")
  }
}

extension WebRequest {
  /// Whether this is the page for Windows single sign-on, which lies above `/REST`.
  var isForSSO: Bool {
    let segments = path.split(separator: "/").map { $0.lowercased() }
    return segments.last == "webservicesso.aspx" && !segments.contains("rest")
  }
}
