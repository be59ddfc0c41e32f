import HTTP
@testable import Sandbox

/// A sandbox behind something that changes requests and answers, and writes down what it was asked.
final class InterceptedSandbox: Sendable {
  /// Changes a request on its way, or answers in the sandbox's place. `name` is such as `PUT /session`.
  typealias Intercept =
    @Sendable (_ request: inout WebRequest, _ name: String, _ count: Int) -> WebResponse?
  /// What the sandbox itself answers; it may be asked or not.
  typealias Honest = () -> WebResponse

  let url: String
  private let service: HTTP.Locked<WebService>
  private let log: HTTP.Locked<[String]>
  private let requests: HTTP.Locked<[WebRequest]>
  private let daemon: Daemon

  /// - Parameter intercept: `count` says how many requests of this name there were before.
  convenience init(
    _ rules: WebService.Rules = .init(), _ intercept: @escaping Intercept = { _, _, _ in nil }
  ) throws {
    try self.init(rules) { request, name, count, service in
      intercept(&request, name, count)
        ?? service.withLock { $0.respond(to: request, now: Clock.secondsSince1970) }
    }
  }

  /// - Parameters:
  ///   - fault: the first request of this name is answered by `answer`.
  convenience init(
    answering fault: String, by answer: @escaping @Sendable (Honest) -> WebResponse
  ) throws {
    try self.init(.init()) { request, name, count, service in
      let request = request
      let honest = { service.withLock { $0.respond(to: request, now: Clock.secondsSince1970) } }
      return name == fault && count == 0 ? answer(honest) : honest()
    }
  }

  private init(
    _ rules: WebService.Rules,
    answer: @escaping @Sendable (inout WebRequest, String, Int, HTTP.Locked<WebService>) -> WebResponse
  ) throws {
    let socket = try ListeningSocket(host: "127.0.0.1", port: 0)
    let service = HTTP.Locked(WebService(seed: .standard, rules: rules))
    let log = HTTP.Locked<[String]>([])
    let requests = HTTP.Locked<[WebRequest]>([])
    let responder = Responder { request in
      let path = request.path.replacing("/REST", with: "")
      let name = "\(request.parameter("_method") ?? request.method) \(path)"
      let count = log.withLock { log in
        defer { log.append(name) }
        return log.count { $0 == name }
      }
      requests.withLock { $0.append(request) }
      var request = request
      return answer(&request, name, count, service)
    }
    daemon = try Daemon(socket, responder)
    url = "http://127.0.0.1:\(socket.port)"
    self.service = service
    self.log = log
    self.requests = requests
  }

  var names: [String] { log.withLock { $0 } }
  var received: [WebRequest] { requests.withLock { $0 } }
  var liveSessions: Int { service.withLock { $0.stats(now: Clock.secondsSince1970).liveSessions } }

  func count(_ name: String) -> Int { names.count { $0 == name } }
}

extension WebResponse {
  /// What a server says to somebody whose session has ended.
  static var notLoggedIn: WebResponse {
    .json(
      ["Status": 403, "Message": "x", "IsLoggedToVault": false, "IsLoggedToApplication": false], status: 403)
  }
}
