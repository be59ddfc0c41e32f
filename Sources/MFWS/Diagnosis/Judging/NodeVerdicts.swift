import HTTP

/// How many machines answer, as far as requests without a cookie show it (protocol: surprise 4).
enum NodeVerdicts {
  /// Cookies by which load balancers keep a client at one machine: M-Files' cloud, IIS, Azure, Amazon, F5.
  private static let names = [
    "mfilesmsm", "ARRAffinity", "ApplicationGatewayAffinity", "AWSALB", "BIGipServer",
  ]

  static func findings(_ facts: Facts) -> [Finding] {
    let answers = facts.service.filter { $0.probe.purpose == .node }.compactMap(\.response)
    guard !answers.isEmpty else { return [] }
    let cookies = Set(answers.flatMap(affinities))
    let keys = Set(answers.compactMap { $0.json?["Modulus"]?.string })
    let count = max(1, keys.count, Set(cookies.map(\.value)).count)
    let data: [String: JSONValue] = [
      "count": .integer(Int64(count)),
      "cookies": .array(Set(cookies.map(\.name)).sorted().map(JSONValue.string)),
    ]
    if count == 1 { return [Finding(.nodes, .fine, "one node answers", data: data)] }
    guard let cookie = cookies.map(\.name).sorted().first else {
      return [
        Finding(
          .nodes, .doubtful, "\(count) nodes answer, and no cookie keeps a session at its own",
          remedy: "turn on session affinity in the load balancer", data: data)
      ]
    }
    return [
      Finding(
        .nodes, .fine, "\(count) nodes answer; the cookie \(cookie) keeps a session at its own", data: data)
    ]
  }

  private struct Cookie: Hashable {
    let name: String
    let value: String
  }

  private static func affinities(_ response: HTTPResponse) -> [Cookie] {
    response.headers.values("Set-Cookie").compactMap { field in
      let pair = field.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
      guard pair.count == 2, names.contains(where: String(pair[0]).hasPrefixIgnoringCase) else { return nil }
      return Cookie(name: String(pair[0]), value: String(pair[1]))
    }
  }
}
