import HTTP
import LuaKit
import MFWS

/// Everything that reads what a server sent, fed with arbitrary bytes. It must neither crash nor hang, and what Lua
/// accepts as JSON must survive a round trip.
package final class ResponseSubject: Subject {
  private let state: LuaState
  private let scheduler: Scheduler

  package init() throws {
    let loop = EventLoop()
    state = try LuaState(executor: loop, memoryLimit: 256 << 20) { _ in SubjectSecret() }
    scheduler = Scheduler(state: state) { loop.step(limit: 1) }
    try state.registerClass(SubjectSecret.self)
    state.useForSecrets(SubjectSecret.self)
  }

  /// The first byte chooses a status, the rest is the body.
  package func read(_ input: [UInt8]) throws {
    let body = Array(input.dropFirst())
    let status = 200 + Int(input.first ?? 0) * 2
    let response = HTTPResponse(status: status, headers: HTTPHeaders(block: body), body: body)
    for shape in [ResourceRequest.Shape.object, .array, .any] {
      let request = ResourceRequest("GET", "/session", answer: shape)
      _ = ErrorClassifier.error(for: response, to: request, step: .proved)
    }
    for step in [Step.proved, .repeated, .server, .credentials(user: "u"), .vault(user: "u", vault: "v")] {
      _ = ErrorClassifier.error(for: response, to: "GET /session", step: step)
    }
    _ = ErrorClassifier.notMFWS(response)
    for (name, _) in response.headers { _ = response.headers[name] }
    _ = try? JSONText.decode([Vault].self, body)
    _ = try? JSONText.decode(SessionInfo.self, body)
    _ = try? JSONText.decode([AuthenticationPlugin].self, body).map(\.isOAuth)
    _ = try? JSONText.decode(ServerStatus.self, body)
    _ = try? JSONText.decode(ServerPublicKey.self, body)
    _ = HTTPDate.seconds(String(decoding: body, as: UTF8.self))
    _ = try? BaseURL(String(decoding: body, as: UTF8.self))
    try readInLua(body)
  }

  private func readInLua(_ body: [UInt8]) throws {
    for paths in [SubjectSecret.list, SubjectSecret.one] {
      try? state.set("value", .json(body, secrets: paths, source: "GET /session"))
    }
    try state.set("text", .bytes(body))
    let code = """
      local ok, value = pcall(json.decode, text)
      if ok then
        local encoded = json.encode(value)
        assert(json.encode(json.decode(encoded)) == encoded, "no round trip")
      end
      """
    try scheduler.run(Array(code.utf8), chunkName: "=subject") { _ in }
  }
}

private final class SubjectSecret: LuaObject {
  static let luaClass = "secret"
  static let list = SecretPaths(["*/Authentication"])
  static let one = SecretPaths(["Value", "Authentication"])
}
