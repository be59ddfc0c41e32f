import TestSupport
import Testing

/// Servers that answer what no M-Files Web Service answers: one line on standard error, the right status, no session
/// left.
struct FalseAnswerTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let answer: ScriptedServer.Answer
    let code: String
    /// What the line says.
    let says: String
    var status: Int32 = 69
    var testDescription: String { name }
  }

  static let page = "<html><head><title>Sign in\nhere</title></head><body>Hello</body></html>"

  static let cases = [
    Case(
      name: "HTML", answer: .page(page), code: "server.not_mfws",
      says:
        "no M-Files Web Service answers there, but a page titled \"Sign in here\" (status 200): check the address"
    ),
    Case(
      name: "500 with HTML", answer: .page(page, status: 500), code: "server.not_mfws",
      says:
        "no M-Files Web Service answers there, but a page titled \"Sign in here\" (status 500): check the address"
    ),
    Case(
      name: "404 with HTML", answer: .page("<h1>gone</h1>", status: 404), code: "server.not_mfws",
      says: "no M-Files Web Service answers there, but something else (status 404): check the address"),
    Case(
      name: "empty body", answer: .page("", type: "application/json"), code: "server.not_mfws",
      says: "but something with an empty body (status 200): check the address"),
    Case(name: "another shape", answer: .json("7"), code: "server.bad_response", says: "something else"),
    Case(
      name: "redirect",
      answer: .page("", status: 302, fields: ["Location: https://sso.example.com/login?token=abc"]),
      code: "server.not_mfws",
      says: "the address answers with a redirection to https://sso.example.com/login: "
        + "use the address of M-Files Web itself"),
    Case(
      name: "busy", answer: .page("later", status: 503, fields: ["Retry-After: 7"]), code: "server.busy",
      says: "try again in 7 s", status: 75),
    Case(
      name: "failure",
      answer: .json(#"{"Status":500,"Message":"Kaputt","Stack":"Error reference ID: 12ab"}"#, status: 500),
      code: "server.failed", says: "the server failed; its log has more under the error reference"),
    Case(
      name: "closed", answer: .bytes([]), code: "network.reset",
      says: "closed the connection before it answered: try again"),
    Case(
      name: "no HTTP", answer: .bytes(Array("220 mail.example.com ESMTP\r\n".utf8)), code: "server.not_mfws",
      says: "does not speak HTTP: check the port"),
    Case(
      name: "huge", answer: .endless(Array("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n[".utf8)),
      code: "server.too_large", says: "the response is larger than 67108864 bytes"),
    Case(
      name: "cut off", answer: .bytes(Array("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n[{".utf8)),
      code: "network.reset", says: "closed the connection before it answered"),
  ]

  @Test(arguments: cases, ["PUT /REST/session", "GET /REST/session"])
  func falseAnswers(_ example: Case, to request: String) throws {
    let server = try LyingServer([request: example.answer])
    let shell = try Shell(server: server.url)
    let code = "session.login{user='u', password='p'} session.info()"
    let result = try shell.run(code)
    #expect(result.status == .exited(example.status) && result.output == "")
    #expect(result.error.hasPrefix("mfsh: (command line):1: ") && result.error.contains(example.says))
    #expect(result.error.count { $0 == "\n" } == 1 && result.error.hasSuffix("\n"))
    #expect(
      try shell.run("print(select(2, pcall(function() \(code) end)).code)").output == example.code + "\n")
    // The login that was not understood may have been granted all the same, but there is nothing to log out with.
    #expect(server.isLeftClean || request == "PUT /REST/session")
  }

  static let texts: [(name: String, body: String)] = [
    ("cut short", #"{"AccountName":"li"#), ("bytes behind", #"{"AccountName":"liar"} x"#),
    ("a comma too many", #"{"AccountName":"liar",}"#), ("no value", #"{"AccountName":}"#),
    ("too deep", #"{"a":"# + String(repeating: "[", count: 200) + String(repeating: "]", count: 200) + "}"),
  ]

  @Test(arguments: texts, ["GET /REST/session", "GET /REST/session/vaults"])
  func spoiledJSON(_ text: (name: String, body: String), in resource: String) throws {
    let isList = resource.hasSuffix("vaults")
    let server = try LyingServer([resource: .json(isList ? "[\(text.body)" : text.body)])
    let result = try Shell(server: server.url).run(
      "session.login{user='u', password='p'} session.\(isList ? "vaults" : "info")()")
    #expect(result.status == .exited(69) && result.output == "")
    #expect(result.error.hasPrefix("mfsh: (command line):1: "))
    #expect(result.error.contains(resource.replacing("/REST", with: "")))
    #expect(result.error.count { $0 == "\n" } == 1)
    #expect(server.isLeftClean && server.names.contains("DELETE /REST/session"))
  }

  @Test func whatIsNoUTF8StaysBytes() throws {
    let bytes = Array("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n".utf8)
    let body = Array(#"{"AccountName":"a"#.utf8) + [0xFF, 0xC0, 0x80] + Array(#""}"#.utf8)
    let server = try LyingServer(["GET /REST/session": .bytes(bytes + body)])
    let shell = try Shell(server: server.url)
    let result = try shell.run("session.login{user='u', password='p'} print(session.info().AccountName)")
    #expect(result.status == .exited(69) && result.output == "")
    #expect(result.error.hasPrefix("mfsh: (command line):1: ") && result.error.count { $0 == "\n" } == 1)
    #expect(server.isLeftClean)
  }

  @Test func slowServersMeetTheLimit() throws {
    let server = try LyingServer(["GET /REST/session": .silence])
    let result = try Shell(server: server.url).run([
      "--max-time", "0.5", "-e", "session.login{user='u', password='p'} session.info()",
    ])
    #expect(
      result
        == (
          .exited(69), "",
          "mfsh: (command line):1: \(server.url) did not answer in time; "
            + "--max-time and --connect-timeout change the limits\n"
        ))
    #expect(server.isLeftClean)
  }

  @Test func aLoginThatIsNotAnsweredIsGivenUp() throws {
    let server = try LyingServer(["PUT /REST/session": .silence])
    let result = try Shell(server: server.url).run([
      "--max-time", "0.5", "-e", "session.login{user='u', password='p'}",
    ])
    #expect(result.status == .exited(69) && result.error.contains("did not answer in time"))
  }
}
