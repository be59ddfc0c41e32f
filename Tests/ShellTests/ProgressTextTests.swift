import HTTP
import Testing

@testable import Shell

struct ProgressTextTests {
  @Test(arguments: [
    (0.04, "0.0 s"), (0.66, "0.7 s"), (9.94, "9.9 s"), (9.95, "10 s"), (59.4, "59 s"), (59.6, "1 min 0 s"),
    (125, "2 min 5 s"), (3600, "1 h 0 min"), (7380, "2 h 3 min"), (-1, "0.0 s"),
  ])
  func durations(seconds: Double, text: String) {
    #expect(DurationText.exact(seconds) == text)
  }

  @Test(arguments: [
    ("GET", "https://h/m-files/REST/session?q=secret", "GET /session"),
    ("POST", "https://h/REST/session/vault?_method=PUT", "PUT /session/vault"),
    ("POST", "https://login.example.com/tenant/token", "POST /tenant/token"),
    ("GET", "https://h", "GET "), ("GET", "https://h/REST/a\u{1B}b", "GET /a\\x1Bb"),
  ])
  func names(method: String, url: String, text: String) {
    #expect(ProgressText.name(HTTPRequest(method: method, url: url)) == text)
  }

  @Test func lines() {
    let request = HTTPRequest(url: "https://h/REST/session")
    #expect(ProgressText.line([request], seconds: 3.9) == "GET /session … 3 s, Ctrl-C stops it")
    #expect(ProgressText.line([], seconds: 61) == "waiting … 1 min 1 s, Ctrl-C stops it")
    #expect(
      ProgressText.line([request, request], seconds: 1) == "2 requests under way … 1 s, Ctrl-C stops it")
  }
}
