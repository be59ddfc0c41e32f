import LineEditing
import LuaKit
import Testing

@testable import Shell

/// What Tab does, by what is typed: `|` is the cursor.
@Suite struct CompleterTests {
  /// A source with some globals.
  private let source = CompletionSource(
    members: { steps in
      let path = steps.map { step in
        switch step {
        case .name(let bytes): String(decoding: bytes, as: UTF8.self)
        case .index(let index): "\(index)"
        }
      }.joined(separator: ".")
      return tables[path] ?? LuaMembers()
    },
    vaults: { vaults },
    files: { folder in
      folder.isEmpty
        ? [
          Array("list.lua".utf8), Array("sub/".utf8), Array("a \"b\".txt".utf8), Array(".hidden".utf8),
          [0x7A, 0xFF],
        ]
        : folder == Array("sub/".utf8) ? [Array("inner.lua".utf8)] : []
    })

  private static let vaults = [
    SeenVaults.Vault(name: "Sample Vault", guid: "{AAAA}"), SeenVaults.Vault(name: "Finance", guid: "{BBBB}"),
    SeenVaults.Vault(name: "Twin", guid: "{CCCC}"), SeenVaults.Vault(name: "Twin", guid: "{CDDD}"),
    SeenVaults.Vault(name: "say \"hi\" \\ \u{1B}", guid: "{EEEE}"),
  ]

  private static let tables: [String: LuaMembers] = [
    "": functions("print", "session", "server", "secret", "s", "tostring", "_G"),
    "session": functions("login", "logout", "last", "request", "use"),
    "s": LuaMembers(
      functions("info", "request").members + [LuaMembers.Member(name: Array("user".utf8), kind: .property)],
      className: "session"),
    "vaults.1": values("Name", "GUID", "not a name", "\u{1B}[31m"),
    "t": LuaMembers(functions("run").members + values("age").members),
    "string": functions("format", "find"),
  ]

  private static func functions(_ names: String...) -> LuaMembers {
    LuaMembers(names.map { LuaMembers.Member(name: Array($0.utf8), kind: .function) })
  }

  private static func values(_ names: String...) -> LuaMembers {
    LuaMembers(names.map { LuaMembers.Member(name: Array($0.utf8), kind: .value) })
  }

  private func completion(_ typed: String) -> Completion? {
    let parts = typed.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    return Completer(source).complete(parts.joined(), parts[0].unicodeScalars.count)
  }

  /// The text after Tab.
  private func tab(_ typed: String) -> String? {
    guard let completion = completion(typed) else { return nil }
    let parts = typed.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    return String(parts[0].unicodeScalars.prefix(completion.start)) + completion.insertion + "|" + parts[1]
  }

  private func list(_ typed: String, width: Int = 80) -> [String] { completion(typed)?.list(width) ?? [] }

  @Test(arguments: [
    ("pri|", "print|"), ("x = pri|", "x = print|"), ("se|", "se|"), ("sess|(x)", "session|(x)"),
    ("whi|", "while|"), ("local alpha = 1 return al|", "local alpha = 1 return alpha|"),
    ("session.req|", "session.request|"), ("session.lo|", "session.log|"),
    ("session . us|", "session . use|"),
    ("vaults[1].N|", "vaults[1].Name|"), ("a = 1\nb = vaults[ 1 ].G|", "a = 1\nb = vaults[ 1 ].GUID|"),
    ("s:req|", "s:request|"), ("s.us|", "s.user|"), ("(\"x\"):fo|", "(\"x\"):format|"),
    ("x = a..pri|", "x = a..print|"), ("\"größe\" .. pri|", "\"größe\" .. print|"),
    ("vaults[1][\"not|", "vaults[1][\"not a name\"]|"),
  ])
  func names(typed: String, result: String) { #expect(tab(typed) == result) }

  @Test(arguments: [
    "-- pri|", "--[[ pri|", "12|", "\"pri|", "x = \"a\\\"pri|", "[[pri|", "nothing.x|", "f().x|", "f():x|",
    "a:b.x|", "local pri|", "s:us|", "local s = f() s:i|", "zzz|", "end.x|", ".|", ":|", "session.lo.|",
    "goto se|",
    "print(\"x|", "\\nothing x|", "session.use(\"x\", \"Sam|",
  ])
  func nothingFits(typed: String) { #expect(completion(typed) == nil) }

  @Test func theListHasColumnsOrMeanings() throws {
    #expect(list("se|") == ["secret   server   session"])
    #expect(list("se|", width: 8) == ["secret", "server", "session"])
    let members = list("session.lo|")
    try #require(members.count == 2)
    #expect(members[0].hasPrefix("login   logs the default session in"))
    #expect(members[1].hasPrefix("logout  logs out"))
    #expect(list("session.lo|", width: 20).allSatisfy { TerminalText.width($0) <= 20 })
    #expect(list("t:|") == ["run  age"])
    #expect(list("pri|").isEmpty)
    let globals = list("|").joined(separator: " ").split(separator: " ")
    #expect(["print", "session", "server", "tostring"].allSatisfy(globals.contains))
  }

  @Test(arguments: [
    ("session.login{us|", "session.login{user=|"), ("session.login({us|", "session.login({user=|"),
    ("session.login{user=\"a\", pass|", "session.login{user=\"a\", password=|"),
    ("session.open{\n  auth|", "session.open{\n  auth_config=|"),
    ("server.diagnose{ur|", "server.diagnose{url=|"), ("mfsh.sandbox{lic|", "mfsh.sandbox{licenses=|"),
    ("session.request{meth|", "session.request{method=|"), ("s:request{meth|", "s:request{method=|"),
    (
      "tasks.map(list, function(x, y) return x end, {j|",
      "tasks.map(list, function(x, y) return x end, {jobs=|"
    ),
    ("session.login{via=\"se|", "session.login{via=\"session\"|"),
    ("session.login{via=\"se|\"", "session.login{via=\"session|\""),
    ("session.login{windows=t|", "session.login{windows=true|"),
    ("session.login{sso=\"n|", "session.login{sso=\"n|"),
    ("session.login{user=pri|", "session.login{user=print|"),
    ("session.login{vault=\"Fin|", "session.login{vault=\"Finance\"|"), ("{pri|", "{print|"),
    ("session.login{password=secret.e|", "session.login{password=secret.e|"),
  ])
  func arguments(typed: String, result: String) {
    #expect(tab(typed) == result || completion(typed) == nil && typed == result)
  }

  @Test func argumentsHaveMeaningsAndComeOnce() {
    let all = list("session.login{|")
    #expect(all.count == SettingKey.arguments.count)
    #expect(all.contains { $0.hasPrefix("user ") && $0.hasSuffix("  the account") })
    #expect(all.allSatisfy { $0.contains("  ") })
    let rest = list("session.login{user=\"x\", |, vault=\"y\"}")
    #expect(rest.count == all.count - 2)
    #expect(!rest.contains { $0.hasPrefix("user ") || $0.hasPrefix("vault ") })
  }

  @Test func choicesOfValues() {
    #expect(list("session.login{sso=|") == ["true         false        \"negotiate\"  \"ntlm\""])
    #expect(list("session.login{via=|").count == 1)
    #expect(list("session.login{password=|").count == 4)
    #expect(completion("session.login{user=|") == nil)
  }

  @Test(arguments: [
    ("session.use(\"Sam|", "session.use(\"Sample Vault\"|"),
    ("session.use \"fin|", "session.use \"Finance\"|"),
    ("session.use('Fin|", "session.use('Finance'|"), ("session.use([[Fin|", "session.use([[Finance]]|"),
    ("s:use(\"{B|", "s:use(\"{BBBB}\"|"),
    ("session.current():use(\"Fin|", "session.current():use(\"Finance\"|"),
    ("session.use(\"say|", "session.use(\"say \\\"hi\\\" \\\\ \\x1B\"|"),
    ("session.use(\"{CC|", "session.use(\"{CCCC}\"|"), ("session.use(\"\\x46in|", "session.use(\"Finance\"|"),
    ("help \"session.req|", "help \"session.request\"|"), ("help session.req|", "help session.request|"),
    ("help(\"session.req|\")", "help(\"session.request|\")"),
    ("dofile(\"li|", "dofile(\"list.lua\"|"), ("io.open(\"su|", "io.open(\"sub/|"),
    ("io.lines(\"sub/|", "io.lines(\"sub/inner.lua\"|"),
    ("secret.file(\"a|", "secret.file(\"a \\\"b\\\".txt\"|"),
    ("loadfile('a|", "loadfile('a \"b\".txt'|"), ("dofile(\".|", "dofile(\".hidden\"|"),
    ("dofile(\"z|", "dofile(\"z\\xFF\"|"), ("dofile(\"z\\xF|", "dofile(\"z\\xF|"),
  ])
  func strings(typed: String, result: String) {
    #expect(tab(typed) == result || completion(typed) == nil && typed == result)
  }

  @Test func vaultsAreListedWithTheirGUIDs() {
    let vaults = list("session.use(\"|")
    #expect(vaults.count == 5)
    #expect(vaults[0].hasPrefix("Sample Vault ") && vaults[0].hasSuffix("  {AAAA}"))
    #expect(vaults.contains { $0.hasPrefix("{CCCC} ") && $0.hasSuffix("  Twin") })
    #expect(vaults.allSatisfy { !$0.unicodeScalars.contains("\u{1B}") })
  }

  @Test(arguments: ["session.use(\"Tw|", "session.use(\"tw|", "\\use Tw|", "session.login{vault=\"Tw|"])
  func vaultsOfOneNameAreListedByGUIDWhereItIsTyped(typed: String) {
    let vaults = list(typed)
    #expect(vaults.count == 2 && vaults.allSatisfy { $0.hasSuffix("  Twin") })
    #expect(vaults.first?.hasPrefix("{CCCC} ") == true && vaults.last?.hasPrefix("{CDDD} ") == true)
    #expect(tab(typed)?.hasSuffix("win|") == true)
  }

  @Test func controlCharactersShowAsText() {
    #expect(list("vaults[1][\"|").allSatisfy { !$0.unicodeScalars.contains("\u{1B}") })
    #expect(tab("vaults[1][\"\\x1B|") == "vaults[1][\"\\x1B[31m\"]|")
  }

  @Test(arguments: [
    ("\\ne|", "\\new |"), ("  \\en|", "  \\enter |"), ("\\enter Sam|", "\\enter Sample Vault|"),
    ("\\about session.req|", "\\about session.request|"), ("\\form cs|", "\\form csv|"),
    ("\\new sub/i|", "\\new sub/inner.lua|"), ("\\new a|", "\\new a \"b\".txt|"),
  ])
  func commandsOfThePrompt(typed: String, result: String) {
    let commands = [("new", "FILE"), ("enter", "VAULT"), ("about", "[TOPIC]"), ("form", "json|csv")].map {
      PromptCommand(name: $0.0, argument: $0.1, help: "help", lua: "help()") { _, _ in }
    }
    let before = String(typed.dropLast())
    let completion = Completer(source, commands: commands).complete(before, before.unicodeScalars.count)
    #expect(completion.map { String(before.unicodeScalars.prefix($0.start)) + $0.insertion + "|" } == result)
  }

  @Test func commandsAreListedWithTheirHelp() {
    #expect(tab("\\qui|") == "\\quit|")
    #expect(completion("\\quit x|") == nil)
  }

  @Test(arguments: [
    ("local alpha, beta <const>, gamma = 1 ", ["alpha", "beta", "gamma"]),
    ("for key, value in pairs(t) do ", ["key", "value"]),
    ("local function f(one, ...) ", ["f", "one"]), ("function a.b:c(two) ", ["two"]),
    ("g(function(three, four) ", ["three", "four"]),
    ("local", []), ("for", []), ("function", []), ("function f(", []), ("local a <", ["a"]),
  ])
  func localVariables(code: String, names: [String]) {
    #expect(LocalNames.declared(in: LuaToken.tokens(of: code)) == Set(names))
  }

  @Test func everyPlaceOfACodeCanBeAskedAbout() {
    let code = """
      local a <const>, b = session.login{user="ä日", password=secret.ask("x\\\"y"), via='to\\x41'} -- note
      for k, v in pairs(vaults[1]["not a name"]) do s:request{method="GET", query={a=1}} end --[[ long
      ]] print(#[[x]] .. [==[ ]] ]==], (("x"):rep(3)):upper(), function(x) return {x, ...} end) goto done ::done::
      """
    let completer = Completer(source)
    let count = code.unicodeScalars.count
    for cursor in 0...count {
      for text in [
        code, String(code.unicodeScalars.prefix(cursor)), String(code.unicodeScalars.suffix(cursor)),
      ] {
        let cursor = min(cursor, text.unicodeScalars.count)
        let completion = completer.complete(text, cursor)
        #expect((completion?.start ?? 0) <= cursor && (completion?.start ?? 0) >= 0)
        _ = completer.hint(text, cursor)
      }
    }
  }

  @Test func nothingTakesLong() {
    #expect(Completer(source).hint(String(repeating: "f(", count: 40_000), 80_000) == nil)
    #expect(completion(String(repeating: "x", count: 2_000_000) + "|") == nil)
    #expect(completion(String(repeating: "(", count: 90_000) + "zzz|") == nil)
    #expect(completion(String(repeating: "a.", count: 40_000) + "|") == nil)
  }

  @Test func everyArgumentHasAMeaning() {
    for function in NamedArguments.all {
      for argument in function.arguments {
        #expect(function.meaning(of: argument) != nil, "\(function.function) \(argument.name)")
      }
    }
  }

  @Test(arguments: [
    ("session.login{|", "session.login{"), ("session.login|", "session.login{"),
    ("tasks.map(list, function(x) return x|", "tasks.map("),
    ("tasks.map(session.vaults(|", "session.vaults("),
    ("session.use \"Sam|", "session.use("), ("s:use(|", "session.use("),
    ("print(session.login{a={|", "session.login{"),
  ])
  func hints(typed: String, start: String) {
    let before = String(typed.dropLast())
    #expect(Completer(source).hint(before, before.unicodeScalars.count)?.hasPrefix(start) == true)
  }

  @Test(arguments: ["|", "x + 1|", "vaults(|", "nothing(|", "-- session.login{|", "session.use(1)|"])
  func noHint(typed: String) {
    let before = String(typed.dropLast())
    #expect(Completer(source).hint(before, before.unicodeScalars.count) == nil)
  }
}
