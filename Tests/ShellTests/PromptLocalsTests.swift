import HTTP
import LuaKit
import Testing

@testable import Shell

/// `local` in the prompt's outermost block.
struct PromptLocalsTests {
  /// What a person types, statement by statement.
  private final class Typist {
    let loop = EventLoop()
    let state: LuaState
    let scheduler: Scheduler
    let locals = PromptLocals()

    init() throws {
      state = try LuaState(executor: loop)
      scheduler = Scheduler(state: state) { [loop] in loop.step() }
    }

    /// What the statement returns, or the error.
    func type(_ code: String) throws -> [LuaView] {
      let statement = try locals.statement(code, chunkName: "=prompt", in: state)
      defer { if statement.declares { locals.update(from: state) } }
      var values: [LuaView] = []
      for piece in statement.pieces {
        values = try scheduler.run(piece, chunkName: "=prompt", keeper: statement.keeper) { results in
          (0..<results.count).map { results.view($0 + 1) }
        }
      }
      return values
    }

    func error(_ code: String) -> String? {
      do {
        _ = try type(code)
        return nil
      } catch { return (error as? LuaFailure)?.message }
    }
  }

  private func last(_ statements: String...) throws -> [LuaView] {
    let typist = try Typist()
    var values: [LuaView] = []
    for statement in statements { values = try typist.type(statement) }
    return values
  }

  @Test func survivesToTheNextStatement() throws {
    #expect(try last("local x = 1", "return x") == [.integer(1)])
    #expect(try last("local x", "return x") == [.nothing])
    #expect(try last("local a, b, c = 1, 2", "return a, b, c") == [.integer(1), .integer(2), .nothing])
    #expect(try last("local x = 1", "x = x + 1", "return x, _G.x") == [.integer(2), .nothing])
    #expect(try last("x = 'global' local x = 'local'", "return x, _G.x").count == 2)
    #expect(try last("local x = 1", "local x = x + 1", "return x") == [.integer(2)])
    #expect(try last("local t = {n = 1}", "t.n = t.n + 1 t.t = 3", "return t.n") == [.integer(2)])
  }

  @Test func functionsCaptureVariables() throws {
    #expect(
      try last("local x = 1", "function get() return x end", "x = 2", "return get()") == [.integer(2)])
    #expect(
      try last("local x = 1 function get() return x end", "local x = 2", "return get(), x")
        == [.integer(1), .integer(2)])
    #expect(
      try last("function get() return x end", "local x = 2", "return get(), x") == [.nothing, .integer(2)])
    #expect(
      try last(
        "local function fact(n) return n < 2 and 1 or n * fact(n - 1) end", "local old = fact",
        "local function fact(n) return 'other' end", "return old(5)") == [.integer(120)])
    #expect(
      try last("local n = 0", "local function up() n = n + 1 return n end", "up() up()", "return n, up()")
        == [.integer(2), .integer(3)])
    #expect(try last("local x = 1", "function x() return 5 end", "return x(), _G.x")[1] == .nothing)
  }

  @Test func blocksKeepTheirMeaning() throws {
    #expect(try last("do local x = 1 end", "return x") == [.nothing])
    #expect(
      try last("if true then local x = 1 end while true do local x = 1 break end", "return x") == [.nothing])
    #expect(try last("repeat local x = 1 until x == 1", "return x") == [.nothing])
    #expect(
      try last("for i = 1, 2 do local x = i end local f = function() local y = 1 end", "return x, i, y")
        == [.nothing, .nothing, .nothing])
    #expect(try last("local x = 1 do local x = 2 end", "return x") == [.integer(1)])
    #expect(try last("local x = (function() local x = 5 return x end)()", "return x") == [.integer(5)])
  }

  @Test func anErrorKeepsWhatCameBefore() throws {
    let typist = try Typist()
    #expect(typist.error("local a = 1\na = 2\nerror('no')\nlocal b = 3") == "prompt:3: no")
    #expect(try typist.type("return a, b") == [.integer(2), .nothing])
    #expect(typist.locals.names == ["a"])
    #expect(typist.error("local a <const> = nil + 1") != nil)
    _ = try typist.type("a = 4")
    #expect(try typist.type("return a") == [.integer(4)])
  }

  @Test func returnAndGotoLeave() throws {
    #expect(try last("local x = 1 do return x end local y = 2", "return x, y") == [.integer(1), .nothing])
    #expect(try last("local x = 7 goto out do local y = 2 end ::out::", "return x") == [.integer(7)])
    #expect(try last("do goto out end local y = 2 ::out::", "return y") == [.nothing])
  }

  @Test func constantsStayConstant() throws {
    let typist = try Typist()
    _ = try typist.type("local answer <const>, t <const> = 42, {}")
    #expect(try typist.type("return answer") == [.integer(42)])
    #expect(try typist.type("t.n = answer return t.n") == [.integer(42)])
    #expect(typist.error("\nanswer = 1") == "prompt:2: attempt to assign to const variable 'answer'")
    _ = try typist.type("local answer = 1")
    _ = try typist.type("answer = answer + 1")
    #expect(try typist.type("return answer") == [.integer(2)])
  }

  @Test func closedOnesEndWithTheirStatement() throws {
    let typist = try Typist()
    let code = "local f <close> = setmetatable({}, {__close = function() closed = true end}) local x = 1"
    #expect(typist.locals.statement(code).closedName == "f")
    _ = try typist.type(code)
    #expect(try typist.type("return closed, f, x") == [.bool(true), .nothing, .integer(1)])
    #expect(typist.locals.names == ["x"])
  }

  @Test func namesInErrorsAndLinesAreThoseOfTheStatement() throws {
    let typist = try Typist()
    _ = try typist.type("local x = 1")
    #expect(typist.error("\n\nx.y.z = 1") == "prompt:3: attempt to index a number value (upvalue 'x')")
    #expect(typist.error("x()") == "prompt:1: attempt to call a number value (upvalue 'x')")
    #expect(typist.error("local y = 1\ny()") == "prompt:2: attempt to call a number value (local 'y')")
    #expect(typist.error("x = 1 end") == "prompt:1: <eof> expected near 'end'")
    #expect(typist.error("local z = x end)") == "prompt:1: <eof> expected near 'end'")
  }

  @Test func theLastResultsAndTheEnvironmentAreNoLocals() throws {
    let typist = try Typist()
    _ = try typist.type("local _, _1, _x = 1, 2, 3")
    #expect(typist.locals.names == ["_x"])
    _ = try typist.type("local _ENV = {}")
    #expect(try typist.type("return _x, math.type(1)").count == 2)
  }

  @Test func moreThanTwoHundred() throws {
    let typist = try Typist()
    let lines = (1...500).map { "local v\($0) = \($0 == 1 ? "1" : "v\($0 - 1) + 1") -- \($0)" }
    _ = try typist.type(lines.joined(separator: "\n"))
    #expect(
      try typist.type("return v1, v199, v200, v201, v500") == [1, 199, 200, 201, 500].map { .integer($0) })
    #expect(
      typist.error((lines + ["error('at the end')"]).joined(separator: "\n")) == "prompt:501: at the end")
    let broken = (["fresh = 1"] + lines + ["x ="]).joined(separator: "\n")
    #expect(typist.error(broken)?.hasPrefix("prompt:502: unexpected symbol near <eof>") == true)
    #expect(try typist.type("return fresh") == [.nothing])
  }

  /// Statements with locals where a simple search would find them wrongly or not.
  static let corpus = [
    "local a = 'local b = 1 end' return a", "local a = [[ local x = 1 \n end ]] -- local z = 1\nreturn a",
    "local a = 1 --[[ local b = 2 ]] local c = a + 1 return a, c",
    "local a <const> = 5; local b = a return b",
    "local f = function(...) local n = select('#', ...) return n end return f(1, nil, 3)",
    "local t = {function() return 1 end, x = function() local y = 2 return y end} return t[1](), t.x()",
    "local s = ('x'):rep(3) return s", "local s = 'abc':upper", "local a = #'abc' + -2 ^ 2 .. 'x' return a",
    "local a = not nil == true and 1 or 2 return a", "local f = string.format local s = f'%d' return s",
    "local f = string.format 'x' local g = f return g", "local t = setmetatable {} return #t",
    "local a = 5 (print or tostring)(a) return a",
    "local a = {1, 2} ; (function() a[1] = 9 end)() return a[1]",
    "local f = tostring\n(5)\nreturn f", "local a = 1 local b = a local c = b return a + b + c",
    "local a, b, c = (function() return 1, 2, 3 end)() return c, b, a", "local a = ... return a",
    "local a = 3 // 2 local b = 3 >> 1 local c = ~1 local d = 5 ~ 3 return a, b, c, d",
    "local a = 0x1p4 local b = 1e+2 local c = 3 .. 4 return a, b, c",
    "local t = {} function t.f() local x = 1 return x end function t:g() return self end return t.f(), t:g() == t",
    "local i = 1 while i < 5 do local j = i i = j + 1 end return i",
    "local i = 1 repeat local done = i > 3 i = i + 1 until done return i",
    "local s = 0 for i, v in ipairs({1, 2}) do local w = v s = s + w end return s",
    "local a = 1 if a then local a = 2 elseif b then local c = 1 else local d = 1 end return a",
    "local a = {[1] = 'x', ['end'] = 2; 3} return a[1], a['end']",
    "local a = \"\\\"\" local b = 'it\\'s' return a, b",
    "local a = 'x\\\ny' return a", "local a = 'x\\z   \n  y' return a", "local a = [==[ ]] ]=] ]==] return a",
    "local a; local b; a = 1 b = 2 return a, b", "local function f() return f end return f() == f",
    "local function f(...) local function g() return 1 end return g() end return f()",
    "local a = 1; ::top:: a = a + 1 if a < 5 then goto top end return a",
    "local a = {} a.b = {} a.b.c = 1 return a.b.c",
    "local keep_local = 1 local keep_local_ = 2 return keep_local, keep_local_",
    "local a = function() end, 1 return a ~= nil", "local a = - - 2 local b = not not a return a, b",
    "local a = nil local b = true, false return a, b", "local a = (1) local b = (a) return a, b",
    "local a = {{}, {{}}} [1] = 2", "local a = {n = {1}}.n", "local a = ({n = {1}}).n[1] return a",
    "local a = 2^-3 local b = -a return a, b", "local a <const>, b = 1, 2 b = 3 return a, b",
  ]

  @Test(arguments: corpus) func rewritingChangesNoResult(code: String) throws {
    let typist = try Typist()
    let plain: (String) throws -> [LuaView] = { code in
      try typist.scheduler.run(Array(code.utf8), chunkName: "=prompt") { results in
        (0..<results.count).map { results.view($0 + 1) }
      }
    }
    var expected: [LuaView]?, message: String?
    do { expected = try plain(code) } catch { message = (error as? LuaFailure)?.message }
    if let expected {
      #expect(try typist.type(code) == expected)
      #expect(!typist.locals.names.isEmpty)
    } else {
      #expect(typist.error(code) == message)
    }
  }
}
