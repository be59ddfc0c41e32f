/// Spellings of secrets at the prompt.
enum HistoryRedactionCorpus {
  /// Statements and what the history keeps of them. Secrets are spelled x1, x2, …
  static let secrets: [(String, String)] = [
    // Fields and variables that say what they hold
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
    ("f() --[[ token: x1 ]] g()", "f() --[[]] g()"),
    (
      #"session.login{ [ 'pass' .. 'word' ] = "x1" }"#,
      #"session.login{ [ 'pass' .. 'word' ] = secret.ask() }"#
    ),
    (#"session.login{["\x70assword"]="x1"}"#, #"session.login{["\x70assword"]=secret.ask()}"#),
    (#"session.login{["\u{70}assword"]="x1"}"#, #"session.login{["\u{70}assword"]=secret.ask()}"#),
    ("session.login{[ [=[password]=] ] = [=[x1]=]}", "session.login{[ [=[password]=] ] = secret.ask()}"),
    (#"session.login{PASSWORD="x1"}"#, #"session.login{PASSWORD=secret.ask()}"#),
    (#"s:login{user="e", password="x1"}"#, #"s:login{user="e", password=secret.ask()}"#),
    (#"session.open{password="x1"}:info()"#, "session.open{password=secret.ask()}:info()"),
    (#"session.open({user="e", password="x1"})"#, #"session.open({user="e", password=secret.ask()})"#),
    (
      #"session.login{password=-- the password\#n      "x1"}"#,
      "session.login{password=--\n      secret.ask()}"
    ),
    (#"login{password="a\z\#n        x1"}"#, "login{password=secret.ask()}"),
    (#"login{password=[[\#n      x1\#n      x2]], user="e"}"#, #"login{password=secret.ask(), user="e"}"#),
    ("login{password=#\"x1\" .. \"x2\"}", "login{password=secret.ask()}"),
    (#"login{password=tostring("x1")}"#, "login{password=secret.ask()}"),
    (#"login{password=secret.env("P") or "x1"}"#, "login{password=secret.ask()}"),
    (#"credentials = {"e", "x1"}"#, "credentials = secret.ask()"),
    (
      #"accounts = {{user="e", pw="x1"}, {user="f", pw="x2"}}"#,
      #"accounts = {{user="e", pw=secret.ask()}, {user="f", pw=secret.ask()}}"#
    ),
    (#"local a <const>, pw <const> = 1, "x1""#, "local a <const>, pw <const> = 1, secret.ask()"),
    (
      #"config.db.password, config.db.user = "x1", "e""#,
      #"config.db.password, config.db.user = secret.ask(), "e""#
    ),
    (#"_G["password"] = "x1""#, #"_G["password"] = secret.ask()"#),
    (#"_ENV.client_secret = 'x1'"#, "_ENV.client_secret = secret.ask()"),
    (#"x = {private_key = [[-----BEGIN x1]]}"#, "x = {private_key = secret.ask()}"),
    (#"return {password="x1"}"#, "return {password=secret.ask()}"),
    // Incomplete or wrong
    (#"session.login{user="e", password="x1"#, #"session.login{user="e", password=secret.ask()"#),
    (#"session.login{user="e", password="x1"]"#, #"session.login{user="e", password=secret.ask()]"#),
    (#"session.login(user="e", password="x1")"#, #"session.login(user="e", password=secret.ask())"#),
    (#"session.login{password: "x1"}"#, "session.login{password: secret.ask()}"),
    (#"login{password="x1'}"#, "login{password=secret.ask()"),
    (#"print("unfinished) login{password="x1"}"#, "print(secret.ask()"),
    ("login{password=[==[x1]=]}", "login{password=secret.ask()"),
    (#")) password = "x1" (("#, ")) password = secret.ask()"),
    (#"{"Username": "e", "Password": "x1"}"#, #"{"Username": "e", "Password": secret.ask()}"#),
    (#"load[[s = secret.of("x1")]]"#, "load(secret.ask())"),
    (#"print("["password"]="x1"")"#, #"print("["password(secret.ask())"#),
    (#"[["password"]="x1"]]"#, "secret.ask()"),
    // Headers and bodies
    (
      #"session.request{headers={["X-Authentication"]="x1"}, path="/a"}"#,
      #"session.request{headers={["X-Authentication"]=secret.ask()}, path="/a"}"#
    ),
    (#"s:request{headers={authorization="Bearer x1"}}"#, "s:request{headers={authorization=secret.ask()}}"),
    (#"s:request{headers={Cookie="ASP.NET_SessionId=x1"}}"#, "s:request{headers={Cookie=secret.ask()}}"),
    (#"h["Set-Cookie"] = "a=x1""#, #"h["Set-Cookie"] = secret.ask()"#),
    (#"h["Proxy-Authorization"] = "Basic x1""#, #"h["Proxy-Authorization"] = secret.ask()"#),
    (#"request{headers={"X-Authentication: x1"}}"#, "request{headers={secret.ask()}}"),
    (#"rawset(headers, "X-Authentication", "x1")"#, #"rawset(headers, "X-Authentication", secret.ask())"#),
    (#"headers:set('Authorization', 'x1' .. 'x2')"#, "headers:set('Authorization', secret.ask())"),
    (
      #"request{body={Username="e", Password="x1"}}"#, #"request{body={Username="e", Password=secret.ask()}}"#
    ),
    (#"request{body="{\"Password\": \"x1\"}"}"#, "request{body=secret.ask()}"),
    (#"request{body=[[{"Username": "e", "Password": "x1"}]]}"#, "request{body=secret.ask()}"),
    (#"request{body='{"Password":"' .. "x1" .. '"}'}"#, "request{body=secret.ask()}"),
    (#"request{body="password=" .. encode("x1")}"#, "request{body=secret.ask()}"),
    (#"body = string.format('{"Password":"%s"}', "x1")"#, "body = string.format(secret.ask(), secret.ask())"),
    (#"body = ('password=%s'):format("x1")"#, "body = (secret.ask()):format(secret.ask())"),
    (#"json.encode{Password="x1"}"#, "json.encode{Password=secret.ask()}"),
    (#"json.decode('{"token":"x1"}')"#, "json.decode(secret.ask())"),
    (#"session.request{query={auth="x1"}}"#, "session.request{query={auth=secret.ask()}}"),
    (#"session.request{path="/a?token=x1"}"#, "session.request{path=secret.ask()}"),
    (#"session.login{url="https://e:x1@host", user="e"}"#, #"session.login{url=secret.ask(), user="e"}"#),
    // Functions
    (#"secret.of[[x1]]"#, "secret.ask()"),
    (#"secret . of ( "x1" )"#, "secret.ask()"),
    (#"secret["of"]("x1")"#, "secret.ask()"),
    (#"secret.of(("x1"):rep(2))"#, "secret.ask()"),
    (#"function password() return "x1" end"#, "function password() return secret.ask() end"),
    (
      #"get_password = function(u) if u then return "x1" end return 'x2' end"#,
      "get_password = function(u) if u then return secret.ask() end return secret.ask() end"
    ),
    (
      #"function go(user, password) end go("e", "x1")"#,
      #"function go(user, password) end go("e", secret.ask())"#
    ),
    (#"local go = function(pw) end go'x1'"#, "local go = function(pw) end go(secret.ask())"),
    (#"set_pin(1234)"#, "set_pin(secret.ask())"),
    (
      #"for _, password in ipairs{"x1", "x2"} do try(password) end"#,
      "for _, password in secret.ask() do try(password) end"
    ),
    // Values that go on to be one
    (#"local q = "x1"; session.login{password=q}"#, "local q = secret.ask(); session.login{password=q}"),
    (
      #"q = "x1" r = q .. "" session.login{password=r}"#,
      #"q = secret.ask() r = q .. "" session.login{password=r}"#
    ),
    (
      #"c = {user="e", key="x1"} login{user=c.user, password=c.key}"#,
      #"c = {user="e", key=secret.ask()} login{user=c.user, password=c.key}"#
    ),
    (#"c = {"e", "x1"} login{user=c[1], password=c[2]}"#, "c = secret.ask() login{user=c[1], password=c[2]}"),
    (
      #"function go(q) login{password=q} end go("x1")"#,
      "function go(q) login{password=q} end go(secret.ask())"
    ),
    (
      #"for _, q in ipairs{"x1"} do pcall(login, {password=q}) end"#,
      "for _, q in secret.ask() do pcall(login, {password=q}) end"
    ),
    (#"q = "x1" s = secret.of(q)"#, "q = secret.ask() s = secret.of(q)"),
    (
      #"q = "x1" body = '{"Password":"' .. q .. '"}'"#,
      #"q = secret.ask() body = '{"Password":"' .. q .. '"}'"#
    ),
    // Quotes that a word processor makes
    ("session.login{user=“e”, password=“x1”}", "session.login{user=“e”, password=secret.ask()}"),
    ("password=„x1“", "password=secret.ask()"), ("password=‘x1’", "password=secret.ask()"),
    ("password=«x1»", "password=secret.ask()"), ("password=“don’t x1”", "password=secret.ask()"),
    ("s = secret.of(“x1”)", "s = secret.of(secret.ask())"), ("password=“x1\"", "password=secret.ask()"),
    // Misspelt and foreign names
    (#"session.login{user="e", pasword="x1"}"#, #"session.login{user="e", pasword=secret.ask()}"#),
    (#"session.login{user="e", foo="x1"}"#, #"session.login{user="e", foo=secret.ask()}"#),
    (#"session.login("e", "x1")"#, "session.login(secret.ask(), secret.ask())"),
    (#"session.login{"e", "x1"}"#, "session.login{secret.ask(), secret.ask()}"),
    (#"session.open{"e", 'x1', vault="v"}"#, #"session.open{secret.ask(), secret.ask(), vault="v"}"#),
    (#"server.diagnose{kw="x1"}"#, "server.diagnose{kw=secret.ask()}"),
    (#"login{passord="x1", passwrd="x2"}"#, "login{passord=secret.ask(), passwrd=secret.ask()}"),
    (#"Passw="x1""#, "Passw=secret.ask()"), (#"passwort = "x1""#, "passwort = secret.ask()"),
    (#"kennwort = "x1""#, "kennwort = secret.ask()"),
    (#"body = {Pasword="x1"}"#, "body = {Pasword=secret.ask()}"),
    (#"body = '{"Pwd":"x1"}'"#, "body = secret.ask()"), (#"body = 'Kennwort=x1'"#, "body = secret.ask()"),
    (#"request{path="/x?auth=x1"}"#, "request{path=secret.ask()}"),
    // Spellings of a shell, and of those who guess
    (#"secret.off("x1")"#, "secret.off(secret.ask())"), (#"secret.Of"x1""#, "secret.Of(secret.ask())"),
    (#"s = secret; s.of"x1""#, "s = secret; s.of(secret.ask())"),
    (#"local of = secret.of; of"x1""#, "local of = secret.of; of(secret.ask())"),
    (#"os.execute("curl -u admin:x1 https://host")"#, "os.execute(secret.ask())"),
    (#"os.execute("sshpass -p x1 ssh host")"#, "os.execute(secret.ask())"),
    ("login editor x1", "login"), ("connect jo \"x1\" now", "connect"),
    ("login = jo or x1", "login = jo or x1"),
    ("login and jo or x1", "login and jo or x1"), ("mfsh whoami -u editor -p x1", "mfsh"),
    ("mfsh vaults --password=x1", "mfsh"), ("mfsh vaults -u editor", "mfsh vaults -u editor"),
    ("curl -u admin:x1 https://host", "curl"), ("sshpass -p x1 ssh host", "sshpass"),
    (#"\login admin x1"#, #"\login"#), (#"\passwd x1"#, #"\passwd"#),
    // Commands of the prompt are no Lua, and kept as they are, unless
    (#"\edit login{password="x1"}"#, #"\edit login{password=secret.ask()}"#),
  ]

  /// Statements that are kept as they are.
  static let harmless = [
    "session.info()", #"session.login{url="http://localhost:8080", user="editor", password=pw_of(u)}"#,
    "session.login{password=secret.ask()}", #"login{password=secret.env("MFILES_PASS")}"#,
    #"login{password=secret.file("/run/secrets/x"), user="e"}"#, #"login{via="token"}"#,
    #"local password = secret.ask("Password: ")"#, #"password = os.getenv("P")"#,
    "local token = session.token()",
    #"print("passwords are never shown")"#, "for k, v in pairs(t) do print(k, v) end", "f() -- a comment",
    #"names = {"a", "b"}"#, #"url = "https://host/path?at=a@b:c""#, "x == 'y'", "broken = 'unfinished",
    #"password = ""#, "", "☃ = 'ü'", #"\use "Sample Vault""#, #"\save /tmp/first token.lua"#, #"\as json"#,
    #"session.use("Sample Vault")"#, #"session.request{path="/objects", query={limit=5}}"#,
    #"session.login{auth_config="Provider", bearer=secret.command{"pass", "mfiles"}}"#,
    #"print("basic examples of use", "bearer of news")"#, #"for i = 1, 10 do print("n" .. i) end"#,
    #"local p, q = session.info(), session.vaults()"#, #"x = {[1] = "a", ["b c"] = 2}"#,
    #"local t <close> = session.open{user="e"}"#,
    #"function greet(name) return "hello " .. name end greet("jo")"#,
    #"return password ~= nil and "set" or "not set""#, "for pin = 1, 9999 do end",
    #"help "session.token""#, #"assert(type(token) == "userdata")"#, #"io.write("line\n") -- it's fine"#,
    #"session.login{user="jo", password=secret.env"P" or secret.ask("Password of jo: ")}"#,
    #"goto done ::done:: print(0x1F, 1e-5, 3 // 2, "a" .. 'b' .. [[c]])"#, #"local a = b "x" {1}"#,
    "x = password", "session.login{user=name, password=pw}", "session.login{user=name, password=pw, vault=v}",
    #"session.login{user="e", vault="v", url="https://host", via="token", retries=3}"#,
    #"session.login{url="https://host", user="e", read_only=true}"#, "pw = secret.ask()",
    "local of = secret.of", "print(“hello”)", #"print("“hello”")"#, #"os.execute("curl https://host/a?b=c")"#,
    #"print("user: " .. name, "path=" .. path)"#, "path = here", "keyword = 'x'", "t.passes = passes",
    #"server.diagnose{url="https://host", user="e"}"#, "curl = 1", "x = secret",
    #"a = "key=value; kind: none""#,
    #"session.login{user=user_of("e"), vault=names["first"]}"#, "session.open(accounts.editor)",
  ]

  /// Words without quotes, where `known` and `name` are variables, and what is kept.
  static let bareWords: [(String, String)] = [
    ("session.login{password=x1}", "session.login{password=secret.ask()}"),
    ("session.login{user=name, password=x1}", "session.login{user=name, password=secret.ask()}"),
    ("password = x1", "password = secret.ask()"), ("secret.of(x1)", "secret.of(secret.ask())"),
    ("session.login user=admin password=x1", "session.login user=admin password=secret.ask()"),
    ("MFILES_PASS=x1", "MFILES_PASS=secret.ask()"),
    ("export MFILES_PASS=x1", "export MFILES_PASS=secret.ask()"),
    (#"\use password=x1"#, #"\use password=secret.ask()"#),
    ("password = x1-x2!x3", "password = secret.ask()"),
    // Variables
    ("password = known", "password = known"), ("x = password", "x = password"),
    ("session.login{user=name, password=pw}", "session.login{user=name, password=pw}"),
    ("session.login{user=name, password=known.key}", "session.login{user=name, password=known.key}"),
    ("q = secret.ask() session.login{password=q}", "q = secret.ask() session.login{password=q}"),
    ("function go(u, q) session.login{password=q} end", "function go(u, q) session.login{password=q} end"),
    (
      "for _, q in ipairs(known) do login{password=q} end",
      "for _, q in ipairs(known) do login{password=q} end"
    ),
    ("password = nil", "password = nil"), ("token = x1()", "token = x1()"), ("p = x1", "p = x1"),
    ("local token", "local token"), ("t = {known, password = known}", "t = {known, password = known}"),
  ]

  /// Statements typed one after the other, and what the history has of the first when all have run.
  static let flows: [([String], String)] = [
    ([#"local q = "x1""#, #"session.login{user="x", password=q}"#], "local q = secret.ask()"),
    ([#"q = "x1""#, "s = secret.of(q)"], "q = secret.ask()"),
    (
      [#"q = "x1""#, "r = q", "r2 = r:sub(1, 4)", "s:request{headers={Authorization=r2}}"], "q = secret.ask()"
    ),
    (
      [#"c = {user="e", key="x1"}"#, "login{user=c.user, password=c.key}"],
      #"c = {user="e", key=secret.ask()}"#
    ),
    ([#"go("e", "x1")"#, "function go(user, password) end"], #"go("e", secret.ask())"#),
    (
      [#"go("e", "x1")"#, "function go(u, q) session.login{user=u, password=q} end"],
      #"go("e", secret.ask())"#
    ),
    ([#"if q == "x1" then end"#, "login{password=q}"], "if q == secret.ask() then end"),
    ([#"t.key = "x1""#, "login{password=t.key"], "t.key = secret.ask()"),
    ([#"q = "x1""#, "login{user=q}"], #"q = "x1""#),
    ([#"user = "e""#, "login{user=user, password=secret.ask()}"], #"user = "e""#),
    ([#"session.login{user="e"}"#, "login{password=user}"], #"session.login{user="e"}"#),
  ]
}
