internal import FoundationEssentials
import MFWS

/// Asks providers of identities whom a bearer token belongs to.
struct IdentityProviders: Sendable {
  private let http: HTTPClient

  init() {
    var configuration = HTTPConfiguration()
    configuration.requestTimeout = 10
    configuration.maximumBodySize = 1 << 20
    // Providers run beside the sandbox.
    configuration.proxy = ""
    http = HTTPClient(configuration: configuration)
  }

  func ask(_ question: IdentityQuestion) async -> IdentityAnswer {
    let bearer = Secret("Bearer \(question.bearer.reveal())")
    let request = HTTPRequest(
      url: question.url, headers: [.init("Authorization", bearer), .init("Accept", "application/json")])
    guard let response = try? await http.send(request) else { return .unreachable }
    guard response.status == 200,
      let claims = try? JSONDecoder().decode(JSONValue.self, from: Data(response.body)).object
    else { return .refused }
    return .claims(claims)
  }
}
