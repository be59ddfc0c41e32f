import LuaKit
import Testing

/// Names below values, as completion finds them.
@Suite struct MembersTests {
  private func members(_ code: String, at steps: [LuaMembers.Step], limit: Int = 10_000) throws -> [String] {
    let fixture = try Fixture()
    try fixture.scheduler.run(Array(code.utf8), chunkName: "=test") { _ in }
    return fixture.state.members(at: steps, limit: limit).members
      .map { String(decoding: $0.name, as: UTF8.self) }.sorted()
  }

  private func name(_ text: String) -> LuaMembers.Step { .name(Array(text.utf8)) }

  @Test func namesBelowTables() throws {
    let code = "t = {a = 1, {b = print}, ['with space'] = {c = {}}}"
    #expect(try members(code, at: [name("t")]) == ["a", "with space"])
    #expect(try members(code, at: [name("t"), .index(1)]) == ["b"])
    #expect(try members(code, at: [name("t"), name("with space")]) == ["c"])
    #expect(try members(code, at: [name("t"), name("a")]) == [])
    #expect(try members(code, at: [name("t"), name("nothing"), name("more")]) == [])
    #expect(try members(code, at: []).contains("tostring"))
  }

  @Test func kindsAndClasses() throws {
    let fixture = try Fixture()
    let code = "t = setmetatable({f = print, x = 1}, {__name = 'thing'})"
    try fixture.scheduler.run(Array(code.utf8), chunkName: "=test") { _ in }
    let found = fixture.state.members(at: [name("t")])
    #expect(found.className == "thing")
    #expect(Set(found.members) == [.init(name: [0x66], kind: .function), .init(name: [0x78], kind: .value)])
  }

  @Test func stringsHaveTheirLibrary() throws {
    #expect(try members("s = 'text'", at: [name("s")]).contains("format"))
  }

  @Test func noCodeOfTheUserRuns() throws {
    let code = """
      ran = 0
      local function run() ran = ran + 1 error('must not run') end
      local guard = {__index = run, __pairs = run, __len = run, __eq = run, __tostring = run}
      t = setmetatable({own = 1}, guard)
      below = setmetatable({}, {__index = t})
      """
    let fixture = try Fixture()
    try fixture.scheduler.run(Array(code.utf8), chunkName: "=test") { _ in }
    for path in [["t"], ["t", "missing", "more"], ["below"], ["below", "own"]] {
      _ = fixture.state.members(at: path.map(name))
    }
    #expect(try members(code, at: [name("below")]) == ["own"])
    try fixture.scheduler.run(Array("assert(ran == 0, ran)".utf8), chunkName: "=test") { _ in }
  }

  @Test func circlesOfIndexTablesEnd() throws {
    let code = """
      a, b = {x = 1}, {y = 2}
      setmetatable(a, {__index = b}) setmetatable(b, {__index = a})
      """
    #expect(try members(code, at: [name("a")]) == ["x", "y"])
    #expect(try members(code, at: [name("a"), name("missing")]) == [])
  }

  @Test func manyNamesAreBounded() throws {
    let code = "t = {} for i = 1, 20000 do t['k' .. i] = i end"
    #expect(try members(code, at: [name("t")]).count == 10_000)
    #expect(try members(code, at: [name("t")], limit: 7).count == 7)
  }

  @Test func deepPathsAndBinaryNames() throws {
    let code = """
      local inner = {['\\0\\xFF'] = 1}
      for i = 1, 500 do inner = {['d\\0'] = inner} end
      root = inner
      """
    let steps = [name("root")] + Array(repeating: LuaMembers.Step.name([0x64, 0]), count: 500)
    let fixture = try Fixture()
    try fixture.scheduler.run(Array(code.utf8), chunkName: "=test") { _ in }
    #expect(fixture.state.members(at: steps).members.map(\.name) == [[0, 0xFF]])
  }
}
