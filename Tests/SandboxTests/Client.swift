import FoundationEssentials
import MFWS

@testable import Sandbox

/// A client with a cookie jar that talks to the service in process.
struct Client {
  struct Answer {
    let status: Int
    let headers: [WebRequest.Field]
    let body: JSONValue
    let text: String

    /// `IsLoggedToVault` and `IsLoggedToApplication` of an error.
    var flags: [Bool?] { [body["IsLoggedToVault"]?.bool, body["IsLoggedToApplication"]?.bool] }
    var value: String? { body["Value"]?.string }
    func headers(_ name: String) -> [String] { headers.filter { $0.name == name }.map(\.value) }
  }

  static let start = 1_700_000_000.0
  static let sample = "{C840BE1A-5B47-4AC0-8EF7-835C166C8E24}"
  static let humanResources = "{A3F95E08-9C41-4D26-B7A4-52E1D6C0937F}"

  var service: WebService
  var jar: [String: String] = [:]
  var now = start
  /// Whether cookies are kept at all.
  var keepsCookies = true

  init(seed: SandboxSeed = .standard, _ change: (inout WebService.Rules) -> Void = { _ in }) {
    var rules = WebService.Rules()
    change(&rules)
    service = WebService(seed: seed, rules: rules)
  }

  @discardableResult
  mutating func send(
    _ method: String, _ path: String, _ body: String = "", headers: [WebRequest.Field] = [],
    query: [WebRequest.Field] = []
  ) -> Answer {
    var headers = headers
    let cookies = jar.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
    if !cookies.isEmpty { headers.append(("Cookie", cookies)) }
    let request = WebRequest(
      method: method, path: path, query: query, headers: headers, body: Array(body.utf8))
    guard case .answer(let response) = service.handle(request, now: now) else {
      return Answer(status: 0, headers: [], body: .null, text: "a question to a provider")
    }
    let answer = Answer(
      status: response.status, headers: response.headers,
      body: (try? JSONDecoder().decode(JSONValue.self, from: Data(response.body))) ?? .null,
      text: String(decoding: response.body, as: UTF8.self))
    if keepsCookies { keepCookies(of: answer) }
    return answer
  }

  private mutating func keepCookies(of answer: Answer) {
    for cookie in answer.headers("Set-Cookie") {
      let pair = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
      jar[String(pair[0])] = String(pair[1])
    }
  }

  /// `PUT /session` with a SessionID.
  @discardableResult
  mutating func logIn(_ name: String, _ password: String = "demo", more: String = "") -> Answer {
    send(
      "PUT", "/REST/session",
      #"{"Username":"\#(name)","Password":"\#(password)","SessionID":"one"\#(more.isEmpty ? "" : ",")\#(more)}"#
    )
  }

  /// A token; wrong credentials get one too.
  mutating func token(_ name: String, _ password: String = "demo", more: String = "") -> String {
    send(
      "POST", "/REST/server/authenticationtokens",
      #"{"Username":"\#(name)","Password":"\#(password)","SessionID":"two"\#(more.isEmpty ? "" : ",")\#(more)}"#
    ).value ?? ""
  }

  mutating func get(_ path: String, token: String, vault: String? = nil) -> Answer {
    send(
      "GET", "/REST" + path, headers: [("X-Authentication", token)] + (vault.map { [("X-Vault", $0)] } ?? []))
  }
}
