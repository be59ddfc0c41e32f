import TestSupport
import Testing

/// `tasks`: many at a time, ended together.
@Suite struct TasksTests {
  private func run(_ code: String) throws -> String {
    let result = try ChildProcess.run([BuiltBinary.mfsh, "-e", code])
    return result.output + result.error
  }

  @Test(.timeLimit(.minutes(30))) func mapEndsWithTheFirstErrorWhateverTheOthersWaitFor() throws {
    let code = """
      local closed = 0
      local function wait(i)
        if i == 3 then tasks.sleep(0.01) error("third") end
        local scope <close> = setmetatable({}, {__close = function() closed = closed + 1 end})
        tasks.sleep(1000)
      end
      print(select(2, pcall(tasks.map, {1, 2, 3, 4}, wait)), closed)
      """
    #expect(try run(code) == "(command line):3: third\t3\n")
  }

  @Test func eachTakesFromAnIteratorThatWaitsAsManyAsThereAreJobs() throws {
    let code = """
      local taken, running, most, seen = 0, 0, 0, {}
      local function numbers()
        tasks.sleep(0.001)
        taken = taken + 1
        assert(taken <= #seen + 3, "taken ahead of the jobs")
        if taken <= 20 then return taken, "number " .. taken end
      end
      tasks.each(numbers, function(number, name)
        running = running + 1
        most = math.max(most, running)
        tasks.sleep(0.003)
        running = running - 1
        seen[#seen + 1] = number
        assert(name == "number " .. number)
      end, {jobs = 3})
      table.sort(seen)
      print(#seen, seen[1], seen[20], most <= 3, taken)
      """
    #expect(try run(code) == "20\t1\t20\ttrue\t21\n")
  }

  @Test func eachTakesAListAndEndsWithTheFirstError() throws {
    #expect(try run("tasks.each({'a', 'b'}, function(v, i) print(v, i) end)") == "a\t1\nb\t2\n")
    let code = """
      local function wait(i) if i == 2 then error("second", 0) end tasks.sleep(1000) end
      print(pcall(tasks.each, {1, 2, 3}, wait))
      print(pcall(tasks.each, function() error("no more", 0) end, wait))
      """
    #expect(try run(code) == "false\tsecond\nfalse\tno more\n")
  }

  @Test(arguments: [
    ("tasks.each({}, print, 5)", "tasks.each: argument 3 must be a table, not a number"),
    ("tasks.each(5, print)", "tasks.each: argument 1 must be a list or an iterator such as io.lines(file)"),
    ("tasks.each({}, 5)", "tasks.each: argument 2 must be a function"),
    ("tasks.each({}, print, {job = 2})", "tasks.each does not take \"job\": did you mean jobs?"),
    ("tasks.map({}, print, {jobs = 0})", "tasks.map: jobs must be a whole number from 1 up"),
    ("tasks.timeout(-1, print)", "tasks.timeout: argument 1 must be seconds, 0 or more"),
    ("tasks.timeout(1)", "tasks.timeout: argument 2 must be a function"),
  ])
  func aWrongArgumentIsNamed(_ code: String, _ message: String) throws {
    #expect(try run(code).contains(message))
  }

  @Test func timeoutGivesTheResultsOrEndsTheFunctionWithItsScopes() throws {
    let code = """
      print(tasks.timeout(100, function(a, b) tasks.sleep(0.001) return a, nil, b end, 1, 2))
      local ok, e = pcall(tasks.timeout, 0.01, function()
        local scope <close> = setmetatable({}, {__close = function() print("closed") end})
        tasks.sleep(1000)
      end)
      print(ok, e.code, e.retryable)
      print(pcall(tasks.timeout, 100, function() error("own", 0) end))
      """
    #expect(try run(code) == "1\tnil\t2\nclosed\nfalse\tclient.timeout\ttrue\nfalse\town\n")
  }

  @Test func tasksNest() throws {
    let code = """
      local sums = tasks.map({1, 2, 3}, function(i)
        local products = tasks.map({1, 2, 3}, function(j)
          return tasks.timeout(100, function() tasks.sleep(0.001) return i * j end)
        end, {jobs = 2})
        return products[1] + products[2] + products[3]
      end)
      print(table.concat(sums, " "))
      """
    #expect(try run(code) == "6 12 18\n")
  }

  @Test func aTracebackNamesTheTask() throws {
    let text = try run("tasks.map({1, 2}, function(i)\n  local n = i\n  if i == 2 then n = n.x.y end\nend)")
    #expect(text.contains("mfsh: (command line):3: attempt to index"))
    #expect(text.contains("stack traceback of element 2 of tasks.map:\n  (command line):3: in function"))
  }

  @Test(.timeLimit(.minutes(30))) func fiftyThousandTasksSleepAndEndTogether() throws {
    let code = """
      local list = {}
      for i = 1, 50000 do list[i] = i end
      local function wait(i) tasks.sleep(i == 50000 and 0.01 or 1000) error("last", 0) end
      print(pcall(tasks.map, list, wait, {jobs = #list}))
      """
    #expect(try run(code) == "false\tlast\n")
  }
}
