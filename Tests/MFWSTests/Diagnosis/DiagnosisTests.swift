import HTTP
import Testing

@testable import MFWS

/// The web service is found from whatever somebody types.
struct DiagnosisTests {
  @Test(arguments: [
    ("h", "https://h"), ("h:8443", "https://h:8443"), ("https://h/m-files/Default.aspx", "https://h/m-files"),
    ("https://h/m-files/REST/session.aspx?x=1", "https://h/m-files"), ("h/a/b/c", "https://h/a"),
    ("https://h/wrong/Login.aspx#top", "https://h/m-files"), ("http://localhost:80/", "http://localhost"),
  ])
  func theBaseURLIsFoundFrom(_ typed: String, _ base: String) throws {
    #expect(try CannedServer.healthy(base).complaints(about: typed) == [base])
  }

  @Test func oldPathStylesAreFound() throws {
    var answers = CannedServer.healthy("https://h").answers
    answers = Dictionary(
      uniqueKeysWithValues: answers.map { key, value in
        (key == "*" ? key : key.replacing("/status", with: "/status.aspx"), value)
      })
    answers["GET https://h/REST/server/authenticationprotocols.aspx"] = .json(200, "[]")
    for (method, query) in [
      ("PUT", ""), ("DELETE", ""), ("POST", "?_method=PUT"), ("POST", "?_method=DELETE"),
    ] {
      let resource = query.hasSuffix("PUT") || method == "PUT" ? "session/vault" : "session"
      answers["\(method) https://h/REST/\(resource).aspx\(query)"] = .refusal
    }
    #expect(try CannedServer(answers).complaints(about: "h") == ["https://h/REST/session.aspx"])
    let old = CannedServer([
      "*": .page(404, "no"),
      "GET https://h/REST/MFWS.ashx?restPath=server/status": .json(200, #"{"Successful":true}"#),
    ])
    #expect(try old.diagnosis(of: "h").baseURL == "https://h/REST/MFWS.ashx")
  }

  @Test func redirectionsAreFollowed() throws {
    let sameHost = CannedServer.healthy(
      "https://h/web",
      extra: ["GET http://h/": .redirect("https://h/"), "GET https://h/": .redirect("/web/Login.aspx")])
    #expect(try sameHost.complaints(about: "http://h") == ["https://h/web"])
    let otherHost = CannedServer.healthy(
      "https://other/x", extra: ["GET https://h/": .redirect("https://other/x/")])
    #expect(try otherHost.complaints(about: "h") == ["https://other/x"])
    let endless = CannedServer.healthy("https://h", extra: ["GET https://h/": .redirect("/")])
    #expect(
      try endless.complaints(about: "h") == [
        "doubtful redirect: https://h/ redirects again and again, at last to https://h/ → check the redirection in the web server",
        "https://h",
      ])
  }
}
