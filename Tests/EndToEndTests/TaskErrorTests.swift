import Sandbox
import TestSupport
import Testing

/// What errors of tasks say, and how far they reach.
@Suite struct TaskErrorTests {
  private func run(_ code: String) throws -> String {
    let result = try Shell().run(code)
    return result.output + result.error
  }

  @Test func aTracebackNamesEachTaskFromTheInnermostOut() throws {
    let code = """
      tasks.map({1, 2, 3}, function(i)
        tasks.timeout(100, function()
          tasks.each({"a", "b"}, function(letter)
            tasks.sleep(0.001)
            local n = i
            if i == 3 and letter == "b" then n = n.x.y end
          end)
        end)
      end)
      """
    let expected = """
      mfsh: (command line):6: attempt to index a number value (local 'n')
      stack traceback of element 2 of tasks.each:
        (command line):6: in upvalue 'fn'
        (...tail calls...)
      stack traceback of tasks.timeout:
        (command line):3: in function <(command line):2>
      stack traceback of element 3 of tasks.map:
        (command line):2: in function <(command line):1>
      stack traceback:
        (command line):1: in main chunk

      """
    #expect(try run(code).replacing("field '?'", with: "local 'n'") == expected)
  }

  @Test func soDoesThatOfATable() throws {
    let expected = """
      mfsh: {code = "own"}
      stack traceback of element 1 of tasks.map:
        [C]: in function 'error'
        (command line):1: in function <(command line):1>
      stack traceback:
        (command line):1: in main chunk

      """
    #expect(try run("tasks.map({1}, function() error({code = 'own'}) end)") == expected)
  }

  @Test func anErrorThatWasCaughtLeavesNoTraceInAnother() throws {
    let code = """
      pcall(tasks.map, {1}, function() local n n = n.x end)
      tasks.map({1, 2}, function(i) if i == 2 then tasks.sleep(0.001) error("the other") end end)
      """
    let text = try run(code)
    #expect(text.hasPrefix("mfsh: (command line):2: the other\nstack traceback of element 2 of tasks.map:\n"))
    #expect(!text.contains("element 1") && !text.contains("command line):1"))
  }

  @Test func anErrorObjectNamesItsTask() throws {
    let sandbox = try SandboxServer()
    let code = """
      local function open(user)
        tasks.map({1}, function() session.open{user=user, password=secret.of(user == "x" and "wrong" or "demo")} end)
      end
      local results = tasks.settle({"x", "editor"}, open)
      print(results[1].error.task, results[2].ok)
      tasks.map({"editor", "x"}, open)
      """
    let result = try Shell(server: sandbox.url).run(code)
    #expect(result.output == "element 1 of tasks.map in element 1 of tasks.settle\ttrue\n")
    let lines = result.error.split(separator: "\n")
    #expect(lines.count == 2 && lines.first?.contains("the server refused the login of \"x\"") == true)
    #expect(lines.last == "  in element 1 of tasks.map in element 2 of tasks.map")
    #expect(result.status == .exited(77) && sandbox.stats.liveSessions == 0)
  }

  @Test(arguments: [
    ("error()", "nil"), ("error(5, 0)", "5"), ("error({code = 'mine'})", "table"),
    ("error('text', 0)", "text"),
    ("coroutine.yield(1)", "attempt to yield from outside a coroutine"),
    ("local c <close> = setmetatable({}, {__close = function() error('closing', 0) end})", "closing"),
    ("return tasks.map({1}, function() return tasks.map(5) end)", "tasks.map: argument 1 must be a list"),
    ("table.sort({2, 1}, function() tasks.sleep(1) end)", "cannot wait here"),
  ])
  func anyErrorArrivesAsItIs(_ body: String, _ value: String) throws {
    let code = """
      local ok, e = pcall(tasks.map, {1, 2}, function(i) if i == 2 then \(body) end tasks.sleep(i == 1 and 100 or 0) end)
      assert(not ok)
      print(type(e) == "table" and not e.message and "table" or e)
      """
    #expect(try run(code).contains(value))
  }

  @Test func anErrorInACloseDoesNotHideTheFirst() throws {
    let code = """
      local function wait(i)
        local scope <close> = setmetatable({}, {__close = function() print("close " .. i) error("in close", 0) end})
        if i == 2 then tasks.sleep(0.001) tasks.sleep(0.001) error("second", 0) end
        tasks.sleep(1000)
      end
      local ok, e = pcall(tasks.map, {1, 2, 3}, function(i) if i == 2 then error("first", 0) end wait(i) end)
      print(ok, e)
      print(pcall(tasks.map, {1, 2}, wait))
      """
    // Lua itself lets an error of a __close take the place of the one that is on its way.
    let expected = "close 1\nfalse\tfirst\nclose 2\nclose 1\nfalse\tin close\n"
    #expect(try run(code) == expected)
  }

  @Test func whatIsEndedCannotWaitWhileItCloses() throws {
    let code = """
      local function wait(i)
        local scope <close> = setmetatable({}, {__close = function() print(i, pcall(tasks.sleep, 0.001)) end})
        tasks.sleep(i == 2 and 0.01 or 1000)
        error("second", 0)
      end
      print(pcall(tasks.map, {1, 2}, wait))
      """
    let expected = """
      2\ttrue
      1\tfalse\t(command line):2: cannot wait here (in __gc, in the prompt's function, or in a __close of what is ended \
      before its time)
      false\tsecond

      """
    #expect(try run(code) == expected)
  }

  @Test(
    .timeLimit(.minutes(30)),
    arguments: [
      "local function again() return (tasks.map({1}, again)) end again()",
      "local function again() return (tasks.timeout(100, again)) end again()",
      "local function again() tasks.each(again, again) return 1 end again()",
    ])
  func endlessRecursionEnds(_ code: String) throws {
    let result = try Shell().run(code)
    #expect(
      result.error.contains("tasks are nested more than 200 deep: does a function start itself for ever?"))
    #expect(result.status == .exited(1))
  }

  @Test(.timeLimit(.minutes(30))) func theDeepestNestCanBeEndedFromOutside() throws {
    let code = """
      local closed = 0
      local function nest(depth)
        local scope <close> = setmetatable({}, {__close = function() closed = closed + 1 end})
        if depth == 199 then tasks.sleep(1000) end
        tasks.map({depth + 1}, nest)
      end
      local ok, e = pcall(tasks.timeout, 3, nest, 1)
      print(e.code, closed)
      """
    #expect(try run(code) == "client.timeout\t199\n")
  }
}
