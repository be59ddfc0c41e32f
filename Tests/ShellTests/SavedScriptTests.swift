import LuaKit
import Testing

@testable import Shell

@Suite struct SavedScriptTests {
  private let runtime: Runtime

  init() throws { runtime = try Runtime(settings: Settings(), password: nil, arguments: []) }

  /// The lines that statements with these results become.
  private func saved(_ statements: [(String, LuaView?)]) -> String {
    let log = StatementLog()
    for (text, result) in statements { log.add(text, result: result) }
    let state = runtime.state
    let script = SavedScript(head: ["head\nof it"], entries: log.entries) {
      state.syntaxError($0, chunkName: "=test") == nil
    }
    let text = script.text
    let start = "#!/usr/bin/env mfsh\n-- head\\nof it\n\n"
    #expect(text.hasPrefix(start))
    #expect(state.syntaxError("\n" + text.dropFirst(19), chunkName: "=test") == nil, "\(text)")
    return String(text.dropFirst(start.count))
  }

  private static let vaults = LuaView.table(
    .init(array: [.table(.init(fields: [(key: .string(Array("Name".utf8)), value: .integer(1))]))]))
  private static let cycle = LuaView.table(.init(array: [.table(.init(isCycle: true))]))

  @Test(
    arguments: [
      ("x = 5", nil, "x = 5"), ("local x = 5;", nil, "local x = 5"), ("print(1)", nil, "print(1)"),
      ("1 + 1", .integer(2), "print(1 + 1)"),
      ("return 5", .integer(5), "print((function()\nreturn 5\nend)())"),
      ("x = 1 return x", .integer(1), "print((function()\nx = 1 return x\nend)())"),
      ("session.info().FullName", .string([0x41]), "print(session.info().FullName)"),
      ("x -- so", .integer(1), "print(x -- so\n)"), ("nil", .nothing, "print(nil)"),
      ("session.vaults()", vaults, "print(json.encode(session.vaults(), {indent = 2, secrets = \"mask\"}))"),
      ("session.use(\"Finance\")", vaults, "session.use(\"Finance\")"),
      ("session . login{ user = \"u\" }", vaults, "session . login{ user = \"u\" }"),
      ("f()", cycle, "f()"), ("t", cycle, "_ = t"),
      ("print", .other(kind: "function", text: "f"), "_ = print"),
      ("(function() end)()", nil, ";(function() end)()"),
      ("for i = 1, 2 do\n  print(i)\nend", nil, "for i = 1, 2 do\n  print(i)\nend"),
      (
        "session.login{user=\"u\", password=\"geheim\"}", vaults,
        "session.login{user=\"u\", password=secret.ask()}"
      ),
      ("p = \"geheim\"", nil, "p = secret.ask()"),
    ] as [(String, LuaView?, String)])
  func `a statement becomes one of a script`(text: String, result: LuaView?, script: String) {
    #expect(saved([(text, result)]) == script + "\n")
  }

  @Test func `results are kept where they are used`() {
    #expect(
      saved([
        ("session.login{}", Self.vaults), ("session.vaults()", Self.vaults), ("x = 1", nil),
        ("_[1].Name", .string([0x41])), ("2", .integer(2)),
      ]) == """
        session.login{}
        _ = session.vaults()
        print(json.encode(_, {indent = 2, secrets = "mask"}))
        x = 1
        print(_[1].Name)
        print(2)

        """)
  }

  @Test func `a secret is taken out where it came from`() {
    #expect(
      saved([("q = \"geheim\"", nil), ("session.login{user=\"u\", password=q}", Self.vaults)]) == """
        q = secret.ask()
        session.login{user="u", password=q}

        """)
  }

  @Test func `further results have names of their own`() {
    #expect(
      saved([
        ("f()", .integer(1)), ("_2 + _", .integer(2)), ("__x = _100", nil), ("g()", .integer(1)),
        ("_1", .nothing),
      ])
        == """
        _1, _2 = f()
        _ = _1
        print(_)
        print(_2 + _)
        __x = _100
        _1 = g()
        _ = _1
        print(_)
        print(_1)

        """)
  }

  @Test(arguments: ["help()", "help \"session\"", "mfsh.save(\"x\")", " mfsh . save 'x'"])
  func `what is for the prompt alone is left out`(text: String) {
    #expect(saved([("x = 1", nil), (text, nil)]) == "x = 1\n")
  }

  @Test func `there is a limit`() {
    let log = StatementLog()
    for _ in 0..<10_000 { log.add("x = 1", result: nil) }
    #expect(!log.isFull)
    log.add("y = 1", result: nil)
    #expect(log.isFull && log.entries.count == 10_000)
  }
}
