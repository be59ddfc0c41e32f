import HTTP
import Sandbox

/// How an answer of the table is provoked.
struct ContractCase: Sendable {
  /// `SandboxAnswer.name`.
  let name: String
  /// What the sandbox must be like.
  let configuration: @Sendable (inout SandboxConfiguration) throws -> Void
  /// The requests; the last one's response is looked at.
  let provoke: @Sendable (ContractClient) async throws -> HTTPResponse

  init(
    _ name: String,
    with configuration: @escaping @Sendable (inout SandboxConfiguration) throws -> Void = { _ in },
    _ provoke: @escaping @Sendable (ContractClient) async throws -> HTTPResponse
  ) {
    self.name = name
    self.configuration = configuration
    self.provoke = provoke
  }

  static let all: [ContractCase] = login + session + sessionVaults + tokens + server + otherWays + webServer

  /// The sandbox's answer to this case.
  func runOnSandbox() async throws -> HTTPResponse {
    var settings = SandboxConfiguration()
    try configuration(&settings)
    let server = try SandboxContractServer(settings)
    defer { server.sandbox.stop() }
    return try await provoke(ContractClient(server))
  }
}
