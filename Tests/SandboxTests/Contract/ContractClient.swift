import FoundationEssentials
import HTTP
import MFWS
import Sandbox

/// A browser-like client of a contract's server: it keeps cookies and wraps verbs as IIS wants them.
struct ContractClient: Sendable {
  let server: any ContractServer
  let cookies = CookieJar()
  private let http: HTTPClient

  init(_ server: any ContractServer) {
    self.server = server
    var configuration = HTTPConfiguration()
    configuration.requestTimeout = 30
    http = HTTPClient(configuration: configuration)
  }

  /// Sends a request. `PUT` and `DELETE` go by `_method`, unless they are to be `plain`.
  @discardableResult
  func send(
    _ method: String, _ path: String, _ body: String? = nil, headers: [(String, String)] = [],
    plain: Bool = false, aboveREST: Bool = false
  ) async throws -> HTTPResponse {
    let isWrapped = !plain && ["PUT", "DELETE"].contains(method)
    let mark = path.contains("?") ? "&" : "?"
    let query = isWrapped ? "\(mark)_method=\(method)" : ""
    var request = HTTPRequest(
      method: isWrapped ? "POST" : method, url: server.url + (aboveREST ? "" : "/REST") + path + query)
    request.headers = [.init("Accept", "application/json"), .init("Content-Type", "application/json")]
    request.headers += headers.map { .init($0.0, $0.1) }
    request.body = body.map { Secret($0) } ?? (request.method == "POST" ? Secret("") : nil)
    return try await http.send(request, cookies: cookies)
  }

  /// The Authentication structure of the server's account; fields given win. What a lost answer leaves open ends by
  /// itself.
  func login(_ fields: [String: JSONValue] = [:], sessionID: Bool = true) -> String {
    var all: [String: JSONValue] = [
      "Username": .string(server.user), "Password": .string(server.password.reveal()),
      "Expiration": .string(Date.now.addingTimeInterval(600).formatted(.iso8601)),
    ]
    if sessionID { all["SessionID"] = .string("contract-\(UInt64.random(in: 0 ... .max))") }
    all.merge(fields) { $1 }
    let text = try? JSONEncoder().encode(JSONValue.object(all))
    return String(decoding: text ?? Data(), as: UTF8.self)
  }

  @discardableResult
  func logIn(_ fields: [String: JSONValue] = [:], sessionID: Bool = true) async throws -> HTTPResponse {
    try await send("PUT", "/session", login(fields, sessionID: sessionID))
  }

  func logOut() async throws -> HTTPResponse { try await send("DELETE", "/session") }

  /// A token of the server's account; wrong credentials get one too.
  func token(_ fields: [String: JSONValue] = [:]) async throws -> (String, String) {
    let response = try await send("POST", "/server/authenticationtokens", login(fields))
    return ("X-Authentication", response.json["Value"]?.string ?? "")
  }

  /// The first vault that the account may enter.
  func firstVault() async throws -> JSONValue {
    try await send("GET", "/session/vaults").json.array?.first ?? .null
  }
}

extension HTTPResponse {
  /// The body as JSON; null when it is none.
  var json: JSONValue { (try? JSONDecoder().decode(JSONValue.self, from: Data(body))) ?? .null }
}

extension JSONValue {
  /// The text, for a body.
  var text: String { String(decoding: (try? JSONEncoder().encode(self)) ?? Data(), as: UTF8.self) }
}
