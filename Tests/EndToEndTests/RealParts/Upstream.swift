import TestSupport

/// The server behind a proxy: answers with whom the proxy says it let in.
struct Upstream {
  let server: ScriptedServer
  let proof = ProxyProof()
  var url: String { server.url }

  init() throws {
    let secret = proof.secret
    server = try ScriptedServer { request in
      let fields = request.fields
      let isProven = fields[ProxyProof.secretField.lowercased()] == [secret]
      let users = fields[ProxyProof.userField.lowercased()] ?? []
      return .page(isProven ? "proven \(users.joined(separator: "+"))" : "unproven", type: "text/plain")
    }
  }
}

extension ScriptedServer.Request {
  /// The values of each header field, by its name in lower case.
  var fields: [String: [String]] {
    var result: [String: [String]] = [:]
    for line in head.split(separator: "\r\n").dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1).map { $0.drop { $0 == " " } }
      result[parts[0].lowercased(), default: []].append(parts.count > 1 ? String(parts[1]) : "")
    }
    return result
  }
}

/// Runs the curl program and returns what it wrote.
func curl(_ arguments: [String], environment: [String: String] = [:], input: String = "") throws -> String {
  let result = try ChildProcess.run(
    ["curl", "--silent", "--show-error", "--max-time", "60"] + arguments,
    environment: ["no_proxy": "*"].merging(environment) { $1 }, input: input, within: Shell.patience)
  return result.output + result.error
}
