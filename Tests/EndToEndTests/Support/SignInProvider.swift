import TestSupport

/// A sign-in provider that signs everybody in at once and gives them all the same bearer.
struct SignInProvider {
  private let server: ScriptedServer
  var url: String { server.url }

  init(bearer: String) throws {
    server = try ScriptedServer { request in
      switch request.name {
      case "GET /authorize": Self.redirect(request)
      case "POST /token":
        .json(#"{"access_token":"\#(bearer)","token_type":"Bearer","expires_in":3600}"#)
      default: .json("{}", status: 404)
      }
    }
  }

  /// What a plug-in says about it.
  var configuration: String {
    """
    {"ClientID": "mfsh", "AuthorizationEndpoint": "\(url)/authorize", "TokenEndpoint": "\(url)/token", \
    "Scope": "all"}
    """
  }

  private static func redirect(_ request: ScriptedServer.Request) -> ScriptedServer.Answer {
    let target = request.head.split(separator: " ")[1].split(separator: "?").last ?? ""
    let pairs = target.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
    let query = Dictionary(pairs.filter { $0.count == 2 }.map { ($0[0], $0[1]) }) { $1 }
    let home = (query["redirect_uri"] ?? "").replacing("%3A", with: ":").replacing("%2F", with: "/")
    return .page("", status: 302, fields: ["Location: \(home)?code=c&state=\(query["state"] ?? "")"])
  }
}
