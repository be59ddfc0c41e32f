import HTTP

/// What kind of web server answers, and where it leads to.
enum FrontVerdicts {
  static func findings(_ facts: Facts) -> [Finding] { webServer(facts) + redirection(facts) }

  private static func webServer(_ facts: Facts) -> [Finding] {
    guard let response = facts.fronts.last(where: { $0.response != nil })?.response else { return [] }
    let product = response.headers["Server"]
    let version = response.httpVersion.isEmpty ? "HTTP" : "HTTP/\(response.httpVersion)"
    let name = product.map { " by \(Product.name($0))" } ?? ", which does not say its name"
    var data: [String: JSONValue] = ["status": .integer(Int64(response.status))]
    data["server"] = product.map(JSONValue.string)
    data["version"] = response.httpVersion.isEmpty ? nil : .string(response.httpVersion)
    return [Finding(.http, .fine, version + name, data: data)]
  }

  private static func redirection(_ facts: Facts) -> [Finding] {
    guard facts.fronts.count > 1, let start = facts.fronts.first?.probe.url, let end = facts.fronts.last
    else {
      return []
    }
    let target = Redirection.shown(end.probe.url)
    let data: [String: JSONValue] = ["from": .string(start), "to": .string(target)]
    if let failure = end.failure {
      return [
        Finding(
          .redirect, .wrong, "\(start) redirects to \(target), which fails: \(failure.message)",
          remedy: "run: mfsh doctor \(target)", data: data)
      ]
    }
    if end.response?.redirection != nil {
      return [
        Finding(
          .redirect, .doubtful, "\(start) redirects again and again, at last to \(target)",
          remedy: "check the redirection in the web server", data: data)
      ]
    }
    return [Finding(.redirect, .fine, "\(start) leads to \(target)", data: data)]
  }
}

/// Names of web servers.
enum Product {
  static func name(_ header: String) -> String {
    if isIIS(header) { return "IIS\(version(header))" }
    if isKernel(header) { return "Windows itself (\(header.prefix(80)))" }
    return String(header.prefix(80))
  }

  static func isIIS(_ header: String) -> Bool { header.hasPrefixIgnoringCase("Microsoft-IIS") }
  /// What answers when no site of IIS is bound to the name.
  static func isKernel(_ header: String) -> Bool { header.hasPrefixIgnoringCase("Microsoft-HTTPAPI") }

  private static func version(_ header: String) -> String {
    header.firstIndex(of: "/").map { " \(header[header.index(after: $0)...].prefix(10))" } ?? ""
  }
}
