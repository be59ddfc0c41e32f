/// What the web server in front of the service does with a request.
struct Site: Sendable {
  var mode = SandboxConfiguration.Mode.normal
  var verbs = SandboxConfiguration.Verbs.any
  /// The folder that everything lives in, such as `["m-files"]`; empty for the root, where any folder will do.
  var folder: [String] = []
  var takesOnlyAshx = false

  /// The page that answers instead of the service; nil when the service is to answer.
  func page(for request: WebRequest) -> WebResponse? {
    switch mode {
    case .loginPage: return .loginPage
    case .iisOnly: return segments(of: request).isEmpty ? .welcome : .fileNotFound
    case .normal, .stopped: break
    }
    if !folder.isEmpty, let page = folderPage(segments(of: request)) { return page }
    if ["PUT", "DELETE"].contains(request.method.uppercased()) {
      if verbs == .postOnly { return .verbBlocked }
      if verbs == .postOnly501 { return .verbUnknown }
    }
    guard takesOnlyAshx else { return nil }
    return segments(of: request).last == "mfws.ashx" || request.isForSSO ? nil : .fileNotFound
  }

  private func segments(of request: WebRequest) -> [String] {
    request.path.split(separator: "/").map { $0.lowercased() }
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
    guard path.utf8.contains(UInt8(ascii: ".")) else { return false }
    let segments = path.split(separator: "/").map { $0.lowercased() }
    return segments.last == "webservicesso.aspx" && !segments.contains("rest")
  }
}
