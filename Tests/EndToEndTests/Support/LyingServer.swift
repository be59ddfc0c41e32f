import TestSupport

/// A web service with one account and two vaults that keeps no sessions, and lies where a test wants it to.
struct LyingServer {
  static let vaults = """
    [{"Name":"One","GUID":"{C840BE1A-5B47-4AC0-8EF7-835C166C8E24}"},\
    {"Name":"Two","GUID":"{6D1A7C52-0B7E-4F7B-9E2D-3C5A81F0B4D1}"}]
    """
  static let honest: [String: ScriptedServer.Answer] = [
    "PUT /REST/session": .json(vaults),
    "DELETE /REST/session": .json(#"{"Value":true}"#),
    "GET /REST/session": .json(#"{"AccountName":"liar","UserID":1}"#),
    "GET /REST/session/vaults": .json(vaults),
    "PUT /REST/session/vault": .json(#"{"Name":"One","GUID":"{C840BE1A-5B47-4AC0-8EF7-835C166C8E24}"}"#),
  ]

  private let server: ScriptedServer

  /// The lies take the place of what an honest server answers to these requests.
  init(_ lies: [String: ScriptedServer.Answer] = [:]) throws {
    let answers = Self.honest.merging(lies) { $1 }
    server = try ScriptedServer { answers[$0.name] ?? .json("{}", status: 404) }
  }

  var url: String { server.url }

  /// The requests by method and path.
  var names: [String] { server.requests.map(\.name) }

  /// The requests as they came.
  var requests: [ScriptedServer.Request] { server.requests }

  /// Whether each login was followed by a logout.
  var isLeftClean: Bool {
    names.count { $0 == "PUT /REST/session" } <= names.count { $0 == "DELETE /REST/session" }
  }
}
