import HTTP

/// A client that no proxy of the environment comes between.
func makeClient(
  loop: EventLoop = .shared, observers: [any ExchangeObserver] = [],
  _ change: (inout HTTPConfiguration) -> Void = { _ in }
) -> HTTPClient {
  var configuration = HTTPConfiguration()
  configuration.proxy = ""
  change(&configuration)
  return HTTPClient(configuration: configuration, loop: loop, observers: observers)
}

extension HTTPClient {
  /// The error's code, or nil when there was a response.
  func failure(_ request: HTTPRequest, cookies: CookieJar? = nil) async -> HTTPError? {
    do {
      _ = try await send(request, cookies: cookies)
      return nil
    } catch {
      return error
    }
  }

  func text(_ url: String, cookies: CookieJar? = nil) async throws -> String {
    String(decoding: try await send(HTTPRequest(url: url), cookies: cookies).body, as: UTF8.self)
  }
}

/// Texts that several threads add to.
final class Notes: Sendable {
  private let lines = Locked<[String]>([])
  var all: [String] { lines.withLock { $0 } }
  func add(_ line: String) { lines.withLock { $0.append(line) } }

  /// Waits until there are that many.
  func wait(for count: Int, within seconds: Double = 50) async -> Bool {
    let start = Clock.now
    while all.count < count {
      if Clock.now - start > seconds { return false }
      try? await Task.sleep(for: .milliseconds(5))
    }
    return true
  }
}

func secondsOf(_ body: () async throws -> Void) async rethrows -> Double {
  let start = Clock.now
  try await body()
  return Clock.now - start
}
