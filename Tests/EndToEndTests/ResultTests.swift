import Sandbox
import TestSupport
import Testing

/// What statements give, as a person sees it.
struct ResultTests {
  private func prompt(_ statements: String...) throws -> PseudoTerminal {
    let (_, terminal) = try PromptTests.sandboxed()
    for statement in statements { try terminal.type(statement, until: "mfsh> ") }
    return terminal
  }

  @Test func allValuesOfTheLastStatementHaveNames() throws {
    let terminal = try prompt("1, nil, 'three'")
    try terminal.type("_, _1, _2, _3", until: "1\n1\nnil\n\"three\"\n")
    try terminal.type("5", until: "5\n")
    try terminal.type("x = 1", until: "mfsh> ")
    try terminal.type("_, _1, _2, _3", until: "5\n5\nnil\nnil\n")
    try terminal.type("local _, second = 1, 2", until: "mfsh> ")
    try terminal.type("second, _", until: "2\n5\n")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func theLastResultInEveryFormat() throws {
    let sandbox = try SandboxServer()
    let (_, terminal) = try PromptTests.loggedIn(sandbox)
    try terminal.type("session.vaults()", until: "Finance")
    try terminal.show("editor@Sample Vault> ")
    let requests = sandbox.stats.requests
    let json = try terminal.type(#"\as json"#, until: "]\neditor@Sample Vault> ")
    #expect(json.contains(#""Authentication": "***","#) && json.contains(#""Name": "Finance""#))
    let csv = try terminal.type(#"\as csv"#, until: "editor@Sample Vault> ")
    #expect(csv.contains("\nName,GUID,Authentication,DNSNames\nSample Vault,{") && csv.contains(",***,\"["))
    let lua = try terminal.type(#"\as lua"#, until: "}\neditor@Sample Vault> ")
    #expect(lua.contains("Authentication = secret(•••),") && lua.contains(#"Name = "Finance","#))
    #expect(try terminal.type(#"\as table"#, until: "editor@Sample Vault> ").contains("secret(•••)"))
    #expect(try terminal.type(#"\page"#, until: "editor@Sample Vault> ").contains("Name          GUID "))
    try terminal.type(#"\as jsn"#, until: "there is no format \"jsn\": did you mean json?\n")
    try terminal.type(#"mfsh.show({{a = "=1+1"}}, "csv")"#, until: "\na\n'=1+1\n")
    #expect(sandbox.stats.requests == requests)
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func whatHasNoSuchFormIsOneLine() throws {
    let terminal = try prompt()
    try terminal.type(#"\page"#, until: "there is no result yet: type an expression first")
    try terminal.type("tostring", until: "function")
    try terminal.type(#"\as json"#, until: "a function has no JSON form\n")
    try terminal.type(#"\as csv"#, until: "a function has no JSON form\n")
    try terminal.type("42", until: "42\n")
    try terminal.type(#"\as csv"#, until: "only a list of records, or one record, can be CSV: try json\n")
    try terminal.type("t = {} t.t = t", until: "mfsh> ")
    try terminal.type("t", until: "t  <cycle>\n")
    try terminal.type(
      #"\as lua"#, until: "the value contains itself: Lua cannot say that in one expression\n")
    try terminal.type(#"\as json"#, until: "cannot encode JSON at $.t")
    try terminal.type("'still ' .. 'here'", until: "\"still here\"")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func whatIsLeftOutCanBeSeen() throws {
    let terminal = try prompt("t = {} for i = 1, 130 do t[i] = {n = i} end")
    try terminal.type("t", until: "\n100\n… 30 more: \\page shows all\n")
    try terminal.type(#"\page"#, until: "\n130\nmfsh> ")
    try terminal.type("{{n = 1, text = ('x'):rep(200)}}", until: "\n1  ")
    try terminal.type(#"\page"#, until: "[1]\nn     1\ntext  \"xxx")
    try terminal.type("t = {} for i = 1, 200 do t = {t} end", until: "mfsh> ")
    try terminal.type("t", until: "{{{{{…1 item}}}}}\n… \\page shows all\n")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test(arguments: [
    (
      "setmetatable({}, {__tostring = function() error('no') end})",
      "(error in __tostring: statement 1:1: no)"
    ),
    ("setmetatable({}, {__tostring = function() return {} end})", "'__tostring' must return a string"),
    ("setmetatable({}, {__tostring = function() return 'a\\27[2Jb\\nc' end})", #"a\x1B[2Jb\nc"#),
    ("setmetatable({x = 1}, {__index = error, __len = error, __pairs = error, __name = '\\27c'})", "x  1\n"),
    ("error(setmetatable({}, {__tostring = function() error('no') end}))", "no\n"),
    ("error(setmetatable({}, {__tostring = function() return {} end}))", "must return a string\n"),
    ("error({code = {}, message = 5})", "{code = {}, message = 5}\n"),
    ("error({'a\\27[2Jb', text = ('x'):rep(100000)})", #"{"a\x1B[2Jb", text = "xxx"#),
    (
      "error({secret.of('kanarienvogel-0815'), setmetatable({}, {__tostring = function() return 'own' end})})",
      "{secret(•••), own}\n"
    ),
    ("error()", "nil\n"),
  ])
  func badMetatablesAreOneLine(code: String, shown: String) throws {
    let terminal = try prompt()
    try terminal.type(code, until: shown)
    try terminal.show("mfsh> ")
    try terminal.type("'still ' .. 'here'", until: "\"still here\"")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func aToStringThatDoesNotEndIsInterrupted() throws {
    let terminal = try prompt(
      "t = setmetatable({}, {__tostring = function() print('be' .. 'gun') while true do end end})")
    try terminal.type("t", until: "begun\n")
    terminal.send("\u{3}")
    try terminal.show("mfsh> ")
    try terminal.type("'still ' .. 'here'", until: "\"still here\"")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test(arguments: [
    "t = {} for i = 1, 1000000 do t[i] = i end", "t = {} for i = 1, 1000000 do t['k' .. i] = i end",
    "local u = {} for i = 1, 1000 do u[i] = i end t = u for j = 1, 4 do u = {} for i = 1, 900 do u[i] = t end t = u end",
    "t = {} for i = 1, 10000 do t = {t, n = 1} end", "t = ('x'):rep(1 << 24)",
  ])
  func whatIsHugeIsShownInPart(code: String) throws {
    let terminal = try prompt(code)
    try terminal.type("t", until: "\\page shows all\n")
    try terminal.show("mfsh> ")
    try terminal.type("'still ' .. 'here'", until: "\"still here\"")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }
}
