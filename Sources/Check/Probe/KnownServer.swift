import HTTP
import MFWS

/// What the rows of one server find out together.
final class KnownServer: Sendable {
  /// The address in front of `/REST`, as rosters have it.
  let url: String
  /// How its resources are addressed: found out once, not by each row.
  let style: LearnedStyle
  let settings: ServerSettings
  private struct State {
    var date: String?
    var ways: Task<Result<[AuthenticationPlugin], MFWSError>, Never>?
  }
  private let state = Locked(State())

  init(_ url: String, _ settings: ServerSettings) {
    self.url = url
    self.settings = settings
    style = LearnedStyle(settings.client.style)
  }

  /// The `Date` of its first answer.
  var date: String? { state.withLock { $0.date } }

  func note(_ answer: HTTPResponse) {
    state.withLock { state in
      if state.date == nil { state.date = answer.headers["Date"] }
    }
  }

  /// The verb and the resource that a request means, whatever way they travel.
  func resource(of request: HTTPRequest) -> (method: String, path: String) {
    let parts = request.url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let query = parts.count > 1 ? Self.pairs(parts[1]) : []
    var path = parts[0]
    if let rest = Self.end(of: "/REST/", in: path.utf8) { path = path[rest...] }
    if path.hasSuffix(".aspx"), !path.hasSuffix("SSO.aspx") { path = path.dropLast(5) }
    let wrapped = query.first { $0.name == "restPath" }?.value
    return (
      query.first { $0.name == "_method" }?.value.description ?? request.method, "/\(wrapped ?? path)"
    )
  }

  /// Where the first `part` ends; byte by byte, since every request of a run comes by.
  private static func end(of part: String, in text: Substring.UTF8View) -> String.Index? {
    var start = text.startIndex
    while let slash = text[start...].firstIndex(of: UInt8(ascii: "/")) {
      if text[slash...].starts(with: part.utf8) {
        return text.index(slash, offsetBy: part.utf8.count)
      }
      start = text.index(after: slash)
    }
    return nil
  }

  private static func pairs(_ query: Substring) -> [(name: Substring, value: Substring)] {
    query.split(separator: "&").map { pair in
      let name = pair.prefix { $0 != "=" }
      return (name, pair.dropFirst(name.count + 1))
    }
  }

  /// Whether a password can log anybody in. Asked only when one was refused, and never again once it is known: a server
  /// that offers nothing but sign-in at a provider refuses every password, so its refusal tells nothing of the account.
  ///
  /// - Throws: why it cannot be found out; the next refusal asks again.
  func takesPasswords(
    asking client: HTTPClient, _ configuration: ClientConfiguration
  ) async throws(MFWSError) -> Bool {
    let task = state.withLock { state in
      let task = state.ways ?? Self.lookUp(url, client, configuration)
      state.ways = task
      return task
    }
    let found = await task.value
    if case .failure = found {
      state.withLock { state in if state.ways == task { state.ways = nil } }
    }
    let ways = try found.get()
    return ways.isEmpty || !ways.allSatisfy(\.isOAuth)
  }

  private static func lookUp(
    _ url: String, _ client: HTTPClient, _ configuration: ClientConfiguration
  ) -> Task<Result<[AuthenticationPlugin], MFWSError>, Never> {
    Task(executorPreference: client.loop) {
      var attempt = 1
      while true {
        do throws(MFWSError) {
          return .success(
            try await Server(url, http: client, configuration: configuration).authenticationProtocols())
        } catch {
          // A server that does not know the question knows passwords alone.
          if error.code == .requestNotFound { return .success([]) }
          guard attempt < lookUpAttempts, RetryFacts(error, isLoggedIn: true).mayPass else {
            return .failure(error)
          }
        }
        await client.loop.sleep(seconds: 0.2 * Double(attempt))
        attempt += 1
      }
    }
  }

  private static let lookUpAttempts = 3
}
