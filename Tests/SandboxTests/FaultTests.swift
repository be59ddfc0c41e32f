import MFWS
import Testing

@testable import Sandbox

/// What faults are read from, when they strike, and what they answer.
@Suite struct FaultTests {
  private func client(_ faults: String...) throws -> Client {
    var list: [Fault] = []
    for fault in faults { list.append(try Fault(fault)) }
    return Client { $0.faults = list }
  }

  @Test(arguments: [
    ("rest", #"rest is unknown; did you mean "reset"?"#),
    ("status=503,pth=/x", #"pth is unknown; did you mean "path"?"#),
    ("status=99", "status must be a whole number from 200 to 599"),
    ("status", "status must be a whole number from 200 to 599"),
    ("delay=-1", "delay must be a number from 0 to 600"),
    ("delay=soon", "delay must be a number from 0 to 600"),
    ("reset=5", "reset takes no value"), ("path=/session", "names no kind; give one of delay, stall"),
    ("reset,stall", "names stall and reset; give one of delay"),
    ("stall=long", "stall must be one of true, nothing, head"),
    ("reset,path=session", "path must begin with / like /session/vaults"),
    ("reset,probability=2", "probability must be a number from 0 to 1"),
    ("reset,count=0", "count must be a whole number from 1 to"),
    ("reset,,count=1", #""reset,,count=1" has an empty part"#),
    ("reset,reset", "reset stands twice"), ("reset,page=x", "page goes with status only, not with reset"),
    ("status=500,page=x,body=y", "page excludes body"), ("", #""" has an empty part"#),
  ])
  func `a wrong text names place and remedy`(text: String, message: String) {
    let error = #expect(throws: SandboxError.self) { try Fault(text) }
    #expect(error?.code == .fault)
    #expect(error?.description.hasPrefix("fault: " + message) == true, "\(error?.description ?? "")")
  }

  @Test(arguments: [
    ("[", "no valid JSON"), ("7", "it must be an object"), ("[{\"reset\":true},7]", "[1] must be an object"),
    (#"[{"reset":true,"cuont":1}]"#, #"[0].cuont is unknown; did you mean "count"?"#),
    ("[{}]", "[0] names no kind"),
    (#"{"html":true}"#, "html must be a string"), (#"{"reset":false}"#, "reset takes no value"),
  ])
  func `wrong JSON names place and remedy`(json: String, message: String) {
    let error = #expect(throws: SandboxError.self) { try Fault.list(json: Array(json.utf8)) }
    #expect(error?.description.hasPrefix("fault: " + message) == true, "\(error?.description ?? "")")
  }

  @Test func `text and JSON say the same`() throws {
    let text = try Fault("status=503,body={,path=/session,exact,method=put,probability=0.5,count=2,after=1")
    let json =
      #"{"status":503,"body":"{","path":"/session","exact":true,"method":"PUT","probability":0.5,"count":2,"after":1}"#
    #expect(try Fault.list(json: Array(json.utf8)) == [text])
    var swift = Fault(.status(503, .text("{")))
    (swift.path, swift.isExact, swift.method, swift.probability) = ("/session", true, "PUT", 0.5)
    (swift.count, swift.after) = (2, 1)
    #expect(text == swift)
  }

  @Test func `conditions`() throws {
    var client = try client("status=500,path=/session,method=GET,after=1,count=2")
    client.logIn("editor")
    #expect(
      (0..<5).map { _ in client.send("GET", "/REST/session/userid").status } == [200, 500, 500, 200, 200])
    var exact = try self.client("status=500,path=/SESSION,exact")
    exact.logIn("editor")
    #expect(exact.send("GET", "/session/userid").status == 403)
    #expect(exact.send("GET", "/m-files/REST/session.aspx").status == 500)
    var never = try self.client("status=500,probability=0")
    #expect(never.send("GET", "/server/status").status == 200)
    var sibling = try self.client("status=500,path=/session/vault")
    #expect(sibling.send("GET", "/session/vaults").status == 403)
    #expect(sibling.send("GET", "/session/vault").status == 500)
  }

  @Test func `a verb is the one that is meant`() throws {
    var client = try client("status=500,method=DELETE")
    client.logIn("editor")
    #expect(client.send("POST", "/session", query: [("_method", "DELETE")]).status == 500)
    #expect(client.send("POST", "/session", query: [("_method", "DELETE")]).status == 500)
    #expect(client.send("GET", "/session").status == 200)
  }

  @Test(arguments: [
    ("status=418", 418, "application/json; charset=utf-8"),
    ("status=200,body=<p>", 200, "text/html; charset=utf-8"),
    ("status=500,body=[1", 500, "application/json; charset=utf-8"),
    ("status=500,body=oh", 500, "text/plain; charset=utf-8"),
    ("html=Log in", 200, "text/html"), ("bad_json", 200, "application/json; charset=utf-8"),
    ("control", 403, "application/json; charset=utf-8"),
    ("wrong_node", 403, "application/json; charset=utf-8"),
    ("retry_after=3", 503, "text/html"), ("retry_after=3,status_code=429", 429, "text/html"),
  ])
  func `answers`(fault: String, status: Int, type: String) throws {
    var client = try client(fault)
    let answer = client.send("GET", "/session")
    #expect(answer.status == status)
    #expect(answer.headers("Content-Type") == [type])
  }

  @Test func `answers in detail`() throws {
    var page = try client("html=a<b")
    #expect(page.send("GET", "/").text.contains("<title>a&lt;b</title>"))
    var node = try client("wrong_node")
    #expect(
      node.send("GET", "/session").body["Exception"]?["InnerException"]?["Name"] == "CryptographicException")
    var control = try client("control")
    let message = control.send("GET", "/session").body["Message"]?.string ?? ""
    for part in ["\u{1B}[2J", "\u{0}", "::error::", "\u{9B}"] { #expect(message.contains(part)) }
    var busy = try client("retry_after=90,as_date")
    #expect(busy.send("GET", "/session").headers("Retry-After") == ["Tue, 14 Nov 2023 22:14:50 GMT"])
    var empty = try client("empty")
    #expect(empty.send("GET", "/session").text.isEmpty)
  }

  @Test func `an expired session answers honestly`() throws {
    var client = try client("expire,path=/session/userid,count=1")
    client.logIn("editor")
    let token = client.token("editor")
    #expect(client.send("GET", "/session/userid").flags == [false, false])
    #expect(client.send("GET", "/session").flags == [false, false])
    #expect(client.get("/session/userid", token: token).status == 200)
    #expect(client.service.stats(now: client.now).liveSessions == 1)
  }

  @Test func `a lost cookie leaves a new session without one`() throws {
    var client = try client("lose_cookie,method=PUT,count=1", "lose_cookie,path=/session/userid")
    #expect(client.logIn("editor").headers("Set-Cookie").isEmpty)
    client.logIn("editor")
    #expect(client.send("GET", "/session").status == 200)
    #expect(client.send("GET", "/session/userid").flags == [false, false])
  }

  @Test func `faults are steered over HTTP`() {
    var client = Client()
    let body = #"[{"status":503,"path":"/session","count":1},{"delay":0.5,"probability":0}]"#
    #expect(client.send("POST", "/sandbox/faults", body).status == 200)
    #expect(client.send("GET", "/session").status == 503)
    #expect(
      client.send("GET", "/sandbox/faults").text
        == #"[{"status":503,"path":"/session","count":1,"fired":1},{"delay":0.5,"probability":0.0,"fired":0}]"#
    )
    let wrong = client.send("POST", "/sandbox/faults", #"{"rset":true}"#)
    #expect(wrong.status == 400)
    #expect(wrong.body["Message"] == #"fault: rset is unknown; did you mean "reset"?"#)
    #expect(client.send("POST", "/sandbox/faults", query: [("_method", "DELETE")]).text == "[]")
    #expect(client.send("GET", "/session").status == 403)
  }
}
