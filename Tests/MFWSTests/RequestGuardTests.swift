import HTTP
import MFWS
import Sandbox
import Testing

/// A lock is judged by what the server may understand.
@Suite struct RequestGuardTests {
  private static let reason = "locked for the test"

  private func isRefused(_ request: ResourceRequest) -> Bool {
    do throws(MFWSError) {
      try RequestGuard.check(request, lockedBecause: Self.reason)
      return false
    } catch {
      #expect(error.code == .clientLocked && error.message == Self.reason && error.cause != nil)
      // Without a lock it may be sent.
      #expect(throws: Never.self) { try RequestGuard.check(request, lockedBecause: nil) }
      return true
    }
  }

  @Test(arguments: [
    ("POST", "/session"), ("DELETE", "/session"), ("PUT", "/session/vault"), ("POST", "/objects/0"),
    ("POST", "/objects?_method=GET"), ("PUT", "/objects/0/12/latest/title.aspx"),
    ("GET", "/session?_method=DELETE"), ("GET", "/session.aspx?_method=DELETE"),
    ("GET", "/session.ashx?_method=PUT"), ("HEAD", "/session?_method=DELETE"),
    ("GET", "/x?a=b&_METHOD=PUT"), ("GET", "/x?a=b;_Method=PUT"), ("GET", "/x;_method=PUT"),
    ("GET", "/x??_method=PUT"), ("GET", "/x?_method"), ("GET", "/x?_method=GET&_method=DELETE"),
    ("GET", "/session?%5Fmethod=DELETE"), ("GET", "/session?%5fmethod=DELETE"),
    ("GET", "/session?_%6dethod=DELETE"), ("GET", "/session?_%6Dethod=DELETE"),
    ("GET", "/session?_%256dethod=DELETE"), ("GET", "/session?_%25256dethod=DELETE"),
    ("GET", "/x?%u005fmethod=PUT"), ("GET", "/x?_%u006Dethod=PUT"), ("GET", "/x?%U005fmethod=PUT"),
    ("GET", "/objects%3F_method=DELETE"), ("GET", "/objects%3f%5Fmethod=DELETE"),
    ("GET", "/objects%253F%255Fmethod=DELETE"), ("GET", "/x?a=1%26_method=PUT"),
    ("GET", "/x?a=1%26%5Fmethod=PUT"),
    ("GET", "/MFWS.ashx?restPath=session"), ("GET", "/mfws.ashx?RESTPATH=session"),
    ("GET", "/MFWS.ashx?rest%50ath=session"), ("GET", "/MFWS.ashx?r%65stPath=session%3f_method%3dDELETE"),
    ("GET", "/x?a%3d=1"), ("GET", "/x?_+method=PUT"), ("GET", "/x?＿method=PUT"),
  ])
  func refusesWhatMayChangeSomething(_ method: String, _ path: String) {
    #expect(isRefused(ResourceRequest(method, path)))
  }

  @Test(arguments: [
    "/objects", "/objects?limit=5", "/objects/0.aspx?limit=5", "/session/vaults", "/objects/a..b/.x?q=../%2e",
    "/objects?p=%20", "/objects?p=100%25", "/objects?q=method", "/objects/method", "/views/V12/L34/items",
    "/objects?p0*=text&p20!=3", "/objects/Entw%C3%BCrfe", "/objects?q=Entw%C3%BCrfe", "/objects?q=a+b",
  ])
  func letsReadingThrough(_ path: String) {
    #expect(!isRefused(ResourceRequest("GET", path)))
    #expect(!isRefused(ResourceRequest("HEAD", path)))
  }

  @Test(arguments: ["_method", "_METHOD", "_%6dethod", "restPath", "_ｍethod", "a&_method"])
  func refusesAMethodInTheQuery(_ name: String) {
    var request = ResourceRequest("GET", "/objects")
    request.query = [("limit", "5"), (name, "DELETE")]
    #expect(isRefused(request))
  }

  @Test func letsAQueryThrough() {
    var request = ResourceRequest("GET", "/objects")
    request.query = [("p0*", "_method"), ("limit", "5%")]
    #expect(!isRefused(request))
  }

  @Test(arguments: [
    ("X-HTTP-Method-Override", true), ("x-http-method", true), ("X-Method-Override", true),
    ("X-HTTP-METHOD-OVERRIDE", true), ("X-Original-URL", true), ("X-Rewrite-URL", true), ("X-Override", true),
    ("Accept-Language", false), ("If-None-Match", false), ("X-Vault", false),
  ])
  func judgesHeaderFields(_ name: String, isRefused: Bool) {
    var request = ResourceRequest("GET", "/objects")
    request.headers = [.init("Accept", "text/plain"), .init(name, "DELETE")]
    #expect(self.isRefused(request) == isRefused)
  }

  @Test func refusesABody() {
    var request = ResourceRequest("GET", "/objects")
    request.body = Secret("_method=DELETE")
    #expect(isRefused(request))
  }

  @Test(arguments: ["/../admin", "/x/%2E./session", "/./session", "/x\\..\\y", "/session#x", "/.."])
  func refusesWhatLeavesTheResources(_ path: String) {
    let error = #expect(throws: MFWSError.self) {
      try RequestGuard.check(ResourceRequest("DELETE", path), lockedBecause: nil)
    }
    #expect(error?.code == .clientUsage)
  }
}

/// A lock holds for the sessions that share it, from one request to the next.
@Suite struct ChangeLockTests {
  private func refusal(_ session: MFWS.Session) async -> MFWSError.Code? {
    do throws(MFWSError) {
      _ = try await session.request("DELETE", "/objects/0/1")
      return nil
    } catch {
      return error.code
    }
  }

  @Test func holdsForSessionsThatAreOpen() async throws {
    let server = try SandboxServer()
    let lock = ChangeLock()
    var configuration = ClientConfiguration()
    configuration.locks = [ChangeLock(), lock]
    let login = Login(user: "editor", password: Secret("demo"))
    try await withSession(server.url, login, configuration: configuration) { (session) async throws in
      #expect(!session.isLocked)
      #expect(await refusal(session) == .requestNotFound)
      lock.lock(because: "for now")
      let before = server.stats.requests
      #expect(session.isLocked && lock.reason == "for now")
      #expect(await refusal(session) == .clientLocked)
      #expect(server.stats.requests == before)
      // What belongs to the login goes on.
      #expect(try await session.use("Finance").name == "Finance")
      lock.unlock()
      #expect(await refusal(session) == .requestNotFound)
      lock.lock(because: "again")
    }
    #expect(server.stats.liveSessions == 0)
  }

  @Test func aSessionForReadingStaysOne() async throws {
    let server = try SandboxServer()
    var login = Login(user: "editor", password: Secret("demo"))
    login.isReadOnly = true
    try await withSession(server.url, login) { (session) async throws in
      #expect(session.isLocked)
      #expect(await refusal(session) == .clientLocked)
    }
  }
}
