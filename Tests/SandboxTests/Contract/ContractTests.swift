import FoundationEssentials
import Glibc
import HTTP
import MFWS
import Sandbox
import TestSupport
import Testing

/// Every answer of the table, provoked over a socket.
@Suite(.timeLimit(.minutes(30))) struct ContractTests {
  @Test func `each answer of the table has one case, and each case an answer`() {
    #expect(ContractCase.all.map(\.name) == SandboxAnswer.all.map(\.name))
    #expect(Set(SandboxAnswer.all.map(\.name)).count == SandboxAnswer.all.count)
  }

  @Test(arguments: ContractCase.all.map(\.name))
  func `the sandbox answers as its table says`(name: String) async throws {
    let answer = try #require(SandboxAnswer.all.first { $0.name == name })
    let contract = try #require(ContractCase.all.first { $0.name == name })
    let response = try await contract.runOnSandbox()
    #expect(response.status == answer.status)
    #expect(answer.shape.matches(response), "\(String(decoding: response.body.prefix(500), as: UTF8.self))")
  }

  /// `MFSH_WRITE_EVIDENCE=1` writes it anew.
  @Test func `the table in the documentation is the one in the code`() throws {
    let path = FilePath.inRepository("Sources/Sandbox/EVIDENCE.md")
    if getenv("MFSH_WRITE_EVIDENCE") != nil {
      try Data(SandboxAnswer.document.utf8).write(to: URL(filePath: path))
    }
    let text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
    #expect(text == SandboxAnswer.document)
  }

  @Test func `a report says where a server differs`() async throws {
    let same = await LiveReport.make(on: try SandboxContractServer())
    #expect(same.differences == 0)
    #expect(same.lines.count == SandboxAnswer.all.count { $0.isSafe })
    var configuration = SandboxConfiguration()
    configuration.answersLogoutWithNoContent = true
    let other = await LiveReport.make(on: try SandboxContractServer(configuration))
    #expect(other.differences == 2)
    #expect(
      other.lines.contains(
        #"differs  DELETE /session: with a SessionID: 204 no body, not 200 {"Value": true}"#))
  }
}

/// The same against the server that `scripts/test --live` names.
@Suite(.enabled(if: LiveContractServer() != nil, "needs scripts/test --live"), .timeLimit(.minutes(30)))
struct LiveContractTests {
  @Test func `the server answers like the sandbox`() async throws {
    let report = await LiveReport.make(on: try #require(LiveContractServer()))
    print(report.lines.joined(separator: "\n"))
    print("\(report.lines.count - report.differences) same, \(report.differences) different")
    #expect(report.differences == 0, "see the table above")
  }
}

/// The safe answers of the table beside those of a server.
struct LiveReport {
  var lines: [String] = []
  var differences = 0

  static func make(on server: any ContractServer) async -> LiveReport {
    var report = LiveReport()
    for answer in SandboxAnswer.all where answer.isSafe {
      guard let contract = ContractCase.all.first(where: { $0.name == answer.name }) else { continue }
      report.add(answer, await seen(contract, on: server, wanted: answer))
    }
    return report
  }

  /// What differs; nil when nothing does.
  private static func seen(
    _ contract: ContractCase, on server: any ContractServer, wanted: SandboxAnswer
  ) async -> String? {
    do {
      let response = try await contract.provoke(ContractClient(server))
      if response.status == wanted.status, wanted.shape.matches(response) { return nil }
      return "\(response.status) \(name(SandboxAnswer.Shape.of(response), response))"
    } catch {
      return "no answer (\(error))"
    }
  }

  private static func name(_ shape: SandboxAnswer.Shape?, _ response: HTTPResponse) -> String {
    shape == .empty ? "no body" : shape?.rawValue ?? "\(response.body.count) bytes of something else"
  }

  private mutating func add(_ answer: SandboxAnswer, _ difference: String?) {
    guard let difference else { return lines.append("same     \(answer.name)") }
    differences += 1
    lines.append("differs  \(answer.name): \(difference), not \(answer.status) \(answer.shape.rawValue)")
  }
}

private enum FilePath {
  /// A path below the package's folder.
  static func inRepository(_ path: String, file: String = #filePath) -> String {
    file.split(separator: "/").dropLast(4).map { "/\($0)" }.joined() + "/" + path
  }
}
