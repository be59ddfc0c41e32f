import Shell
import Testing

/// Spellings of secrets in statements, and what the history keeps of them.
struct HistoryRedactionTests {
  @Test(arguments: [
    (#"session.login{user="e", password="x1"}"#, #"session.login{user="e", password=secret.ask()}"#),
    (#"session.login{password = 'x1', user = 'e'}"#, #"session.login{password = secret.ask(), user = 'e'}"#),
    (#"session.login{["password"] = 'x1'}"#, #"session.login{["password"] = secret.ask()}"#),
    (#"session.login{[ [[password]] ] = 'x1'}"#, #"session.login{[ [[password]] ] = secret.ask()}"#),
    (#"session.login{["pass".."word"] = 'x1'}"#, #"session.login{["pass".."word"] = secret.ask()}"#),
    ("login{password = [[x1]]}", "login{password = secret.ask()}"),
    ("login{password = [==[x1]]\nx2]==]}", "login{password = secret.ask()}"),
    (#"login{password="x\"1", url="u"}"#, #"login{password=secret.ask(), url="u"}"#),
    (#"login{password="x\\", url="u"}"#, #"login{password=secret.ask(), url="u"}"#),
    (#"login{["pass\x77ord"]="x1"}"#, #"login{["pass\x77ord"]=secret.ask()}"#),
    (#"login{["\112assword"]="x1"}"#, #"login{["\112assword"]=secret.ask()}"#),
    (#"login{password="x" .. '1' .. y}"#, "login{password=secret.ask()}"),
    (#"login{password=("x1"):rep(2)}"#, "login{password=secret.ask()}"),
    (#"login{password=x and "x1" or "x2"}"#, "login{password=secret.ask()}"),
    ("login{password=12345}", "login{password=secret.ask()}"),
    (
      #"login{token="x1"; bearer="x2"; preshared_key="x3"}"#,
      "login{token=secret.ask(); bearer=secret.ask(); preshared_key=secret.ask()}"
    ),
    (#"local password = "x1""#, "local password = secret.ask()"),
    (#"local p = "x1""#, "local p = secret.ask()"),
    (#"local pw <const> = "x1""#, "local pw <const> = secret.ask()"),
    (#"PASSWD='x1' print(1)"#, "PASSWD=secret.ask() print(1)"),
    (#"user, dbPassword = "e", "x1""#, #"user, dbPassword = "e", secret.ask()"#),
    (#"local user, pass2 = f("e"), "x1""#, #"local user, pass2 = f("e"), secret.ask()"#),
    (#"my.settings.pwd = "x1"; go()"#, "my.settings.pwd = secret.ask(); go()"),
    (#"t[1]["api-key"] = "x1""#, #"t[1]["api-key"] = secret.ask()"#),
    ("password = -- mine\n  'x1'", "password = -- mine\n  secret.ask()"),
    ("password='x1\nlogin()", "password=secret.ask()\nlogin()"),
    ("password=[[x1", "password=secret.ask()"),
    (#"secret.of("x1")"#, "secret.ask()"),
    (#"local s = secret.of"x1" print(s)"#, "local s = secret.ask() print(s)"),
    (#"login{password=secret.of [[x1]], user=u}"#, "login{password=secret.ask(), user=u}"),
    (
      #"session.request{headers={["X-Authentication"]="x1"}}"#,
      #"session.request{headers={["X-Authentication"]=secret.ask()}}"#
    ),
    (
      #"session.request{headers={["X-Password"]="x1", Accept="a"}}"#,
      #"session.request{headers={["X-Password"]=secret.ask(), Accept="a"}}"#
    ),
    (
      #"session.request{headers={Authorization="Basic x1"}}"#,
      "session.request{headers={Authorization=secret.ask()}}"
    ),
    (#"h = "Bearer " .. "x1""#, "h = secret.ask()"),
    (#"request{body='{"Username":"e","Password":"x1"}'}"#, "request{body=secret.ask()}"),
    (#"request{body="user=e&password=x1"}"#, "request{body=secret.ask()}"),
    (#"open("https://e:x1@host/")"#, "open(secret.ask())"),
    (#"if password == "x1" then end"#, "if password == secret.ask() then end"),
    (#"print("x1" ~= token)"#, "print(secret.ask() ~= token)"),
    (#"s:set_password("x1")"#, "s:set_password(secret.ask())"),
    ("f() -- the password is x1", "f() --"),
    ("f() --[[ token: x1 ]] g()", "f() -- g()"),
  ])
  func secretsAreTakenOut(statement: String, kept: String) {
    #expect(HistoryRedaction.redact(statement) == kept)
  }

  @Test(arguments: [
    "session.info()", #"session.login{url="http://localhost:8080", user="editor", password=pw_of(u)}"#,
    "session.login{password=secret.ask()}", #"login{password=secret.env("MFILES_PASS")}"#,
    #"login{password=secret.file("/run/secrets/x"), user="e"}"#, #"login{via="token"}"#,
    #"local password = secret.ask("Password: ")"#, #"password = os.getenv("P")"#,
    "local token = session.token()",
    #"print("passwords are never shown")"#, "for k, v in pairs(t) do print(k, v) end", "f() -- a comment",
    #"names = {"a", "b"}"#, #"url = "https://host/path?at=a@b:c""#, "x == 'y'", "broken = 'unfinished",
    #"password = """#, "", "☃ = 'ü'",
  ])
  func everythingElseIsKept(statement: String) {
    #expect(HistoryRedaction.redact(statement) == statement)
  }

  @Test func redactingTwiceChangesNothing() {
    let once = HistoryRedaction.redact(#"a{password="x", token='y'} secret.of("z")"#)
    #expect(HistoryRedaction.redact(once) == once)
  }
}
