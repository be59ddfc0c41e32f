import FoundationEssentials
import HTTP
@testable import MFWS
import Synchronization
import TestSupport

/// A sign-in provider whose token endpoint says what a test wants.
final class FakeProvider: Sendable {
  typealias Answer = ScriptedServer.Answer

  static let tokens = Answer.json(
    #"{"access_token":"first-access","token_type":"bearer","expires_in":3600,"refresh_token":"first-refresh"}"#
  )

  private let server: ScriptedServer

  /// The answers of the paths `/authorize`, `/token`, `/device` and others, in the order in which they are asked for;
  /// the last one goes on.
  init(_ answers: [String: [Answer]] = [:]) throws {
    let rest = Mutex(["/token": [Self.tokens]].merging(answers) { $1 })
    server = try ScriptedServer { request in
      let path = String(request.name.split(separator: " ").last ?? "")
      return rest.withLock { rest in
        guard let next = rest[path]?.first else { return .page("<title>Lost</title>", status: 404) }
        if rest[path, default: []].count > 1 { rest[path]?.removeFirst() }
        return next
      }
    }
  }

  var url: String { server.url }

  /// The bodies of the requests to a path, taken apart.
  func forms(_ path: String = "/token") -> [[String: String]] {
    server.requests.filter { $0.name == "POST \(path)" }.map { Self.items($0.body) }
  }

  /// Methods and paths.
  var requests: [String] { server.requests.map(\.name) }

  func configuration(_ changes: [String: String?] = [:]) throws -> OAuthConfiguration {
    let settings: [String: String?] = [
      "AuthorizationEndpoint": "\(url)/authorize", "TokenEndpoint": "\(url)/token", "ClientID": "client",
      "RedirectURIForNative": "http://127.0.0.1/cb", "Scope": "openid offline",
    ].merging(changes) { $1 }
    let fields = settings.compactMap { name, value in value.map { #""\#(name)":"\#($0)""# } }
    return try .of(
      #"""
      {"Name":"fake","AssemblyName":"MFiles.AuthenticationProviders.OAuth",
      "Configuration":{\#(fields.joined(separator: ","))}}
      """#)
  }

  /// A source with a browser here.
  func source(
    _ person: (any SignInPerson)?, _ changes: [String: String?] = [:], way: SignInWay = .browser,
    timeLimit: Double = 60
  ) throws -> OAuthSource {
    OAuthSource(
      try configuration(changes), http: HTTPClient(), person: person, way: way, timeLimit: timeLimit)
  }

  /// The items of a query or form.
  static func items(_ query: some StringProtocol) -> [String: String] {
    let pairs = query.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1) }
    let form = Form(query: query)
    return Dictionary(
      pairs.map { (String($0[0]), form[String($0[0])]?.reveal() ?? "") }
    ) { $1 }
  }
}

/// What a browser does with an authorization address.
struct Visit {
  /// The items of the authorization address.
  let items: [String: String]

  init(_ address: String) {
    items = FakeProvider.items(address.split(separator: "?", maxSplits: 1).last ?? "")
  }

  var redirectURI: String { items["redirect_uri"] ?? "" }
  var state: String { items["state"] ?? "" }
  var port: UInt16 {
    UInt16(redirectURI.split(separator: ":").last.map { $0.prefix { $0 != "/" } } ?? "") ?? 0
  }

  /// Comes back with a query; the status.
  @discardableResult
  func comeBack(_ query: String) async throws -> Int {
    try await HTTPClient().send(HTTPRequest(url: "\(redirectURI)?\(query)")).status
  }

  /// Comes back as it should.
  func comeBackWithACode() async throws -> String {
    "\(try await comeBack("code=the-code&state=\(state)"))"
  }
}
