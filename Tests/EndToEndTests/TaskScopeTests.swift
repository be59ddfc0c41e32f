import Glibc
import Sandbox
import TestSupport
import Testing

/// Tasks end with the call that started them, with all that they hold.
@Suite struct TaskScopeTests {
  private func run(_ code: String) throws -> String {
    let result = try Shell().run(code)
    return result.output + result.error
  }

  @Test(.timeLimit(.minutes(30))) func theFirstErrorLogsTheSessionsOfItsSiblingsOut() throws {
    let sandbox = try SandboxServer()
    let code = """
      local function enter(i)
        local s <close> = session.open{user="editor", password=secret.of("demo")}
        if i == 4 then tasks.sleep(0.01) error("fourth", 0) end
        tasks.map({1, 2}, function() s:info() tasks.sleep(1000) end)
      end
      print(pcall(tasks.map, {1, 2, 3, 4}, enter)) io.stdout:flush()
      tasks.sleep(1000)
      """
    let process = try Shell(server: sandbox.url).start(["-e", code])
    try process.expectPatiently("false\tfourth\n")
    // The program goes on, so it is not its end that logs out.
    while sandbox.stats.logins == 0 || sandbox.stats.liveSessions > 0 { usleep(1_000) }
    process.signal(SIGTERM)
    #expect(try process.waitPatiently() == .signalled(SIGTERM))
    #expect(sandbox.stats.liveSessions == 0)
  }

  @Test func aStopEndsAllTasksInTheirCoroutinesToo() throws {
    let code = """
      local function scope(name)
        return setmetatable({}, {__close = function() io.stdout:write(name, "\\n") io.stdout:flush() end})
      end
      local outer <close> = scope("main")
      tasks.map({1, 2}, function(i)
        local task <close> = scope("task " .. i)
        pcall(tasks.settle, {"a", "b"}, function(letter)
          local inner <close> = scope(i .. letter)
          pcall(coroutine.wrap(function()
            local deepest <close> = scope("coroutine " .. i .. letter)
            if i == 2 and letter == "b" then print("all wait") io.stdout:flush() end
            tasks.timeout(1000, tasks.sleep, 1000)
          end))
        end)
      end)
      """
    let process = try Shell().start(["-e", code])
    try process.expectPatiently("all wait\n")
    process.signal(SIGINT)
    #expect(try process.waitPatiently() == .signalled(SIGINT))
    let closed = Set(process.outputText.split(separator: "\n").dropFirst())
    let scopes =
      ["1a", "1b", "2a", "2b"].flatMap { [$0, "coroutine \($0)"] } + ["task 1", "task 2", "main"]
    #expect(closed == Set(scopes.map { Substring($0) }) && process.errorText == "")
  }

  @Test func aTimeoutInsideAndAroundAMap() throws {
    let code = """
      local function wait(i)
        local scope <close> = setmetatable({}, {__close = function() print("closed " .. i) end})
        tasks.sleep(i == 1 and 0 or 1000)
        return i
      end
      local results = tasks.settle({1, 2}, function(i) return tasks.timeout(i == 1 and 1000 or 0.05, wait, i) end)
      print(results[1].value, results[2].error.code)
      local ok, e = pcall(tasks.timeout, 0.05, tasks.map, {3, 4}, wait)
      print(ok, e.code)
      print(pcall(tasks.timeout, 0, tasks.map, {1}, function() return 1 end))
      """
    let expected = """
      closed 1
      closed 2
      1\tclient.timeout
      closed 4
      closed 3
      false\tclient.timeout

      """
    let text = try run(code)
    #expect(
      text.hasPrefix(expected) || text.hasPrefix(expected.replacing("4\nclosed 3", with: "3\nclosed 4")))
  }

  @Test func coroutinesAroundAndInsideTasks() throws {
    let code = """
      local function numbers(n) return coroutine.wrap(function()
        for i = 1, n do tasks.sleep(0.0001) coroutine.yield(i) end
      end) end
      local sums = tasks.map({1, 2, 3}, function(i)
        local sum = 0
        for n in numbers(i) do sum = sum + n end
        return sum
      end)
      print(table.concat(sums, " "))
      local seen = {}
      tasks.each(numbers(5), function(n) tasks.sleep(0.001) seen[#seen + 1] = n end, {jobs = 2})
      print(#seen)
      local squares = coroutine.wrap(function()
        for n in numbers(2) do coroutine.yield(tasks.map({n}, function(n) tasks.sleep(0.0001) return n * n end)[1]) end
      end)
      print(squares(), squares())
      """
    #expect(try run(code) == "1 3 6\n5\n1\t4\n")
  }

  @Test func anIteratorThatRaisesEndsWhatRuns() throws {
    let code = """
      local count = 0
      local function lines()
        count = count + 1
        tasks.sleep(0.001)
        if count == 4 then error("line 4", 0) end
        return count
      end
      local function work(n)
        local scope <close> = setmetatable({}, {__close = function() print("closed " .. n) end})
        tasks.sleep(1000)
      end
      print(pcall(tasks.each, lines, work, {jobs = 10}))
      print(count)
      """
    let text = try run(code)
    #expect(text.hasSuffix("false\tline 4\n4\n"))
    #expect(Set(text.split(separator: "\n").prefix(3)) == ["closed 1", "closed 2", "closed 3"])
  }

  @Test func emptyListsHolesAndNoResults() throws {
    let code = """
      print(#tasks.map({}, error), #tasks.settle({}, error))
      tasks.each({}, error)
      tasks.each(function() end, error)
      local results = tasks.map({false, true, 3}, function(v, i) if i ~= 2 then return v end end)
      print(results[1], results[2], results[3])
      print(tasks.settle({1}, function() end)[1].ok, tasks.settle({1}, function() end)[1].value)
      print(select("#", tasks.timeout(1, function() return nil, nil end)))
      local order = {}
      tasks.each({"a", "b", "c"}, function(v, i) tasks.sleep(0.0001) order[#order + 1] = v .. i end, {jobs = 1})
      print(table.concat(order, " "))
      tasks.each({1, nil, 3}, function(v, i) print(v, i) end, {jobs = 1})
      """
    let expected = """
      0\t0
      false\tnil\t3
      true\tnil
      2
      a1 b2 c3
      1\t1
      nil\t2
      3\t3

      """
    #expect(try run(code) == expected)
  }

  @Test(.timeLimit(.minutes(30))) func longListsAndCountlessJobs() throws {
    let code = """
      local list, running, most = {}, 0, 0
      for i = 1, 20000 do list[i] = i end
      local results = tasks.map(list, function(n)
        running = running + 1
        most = math.max(most, running)
        if n % 100 == 0 then tasks.sleep(0) end
        running = running - 1
        return n + 1
      end, {jobs = 16})
      local right = #results == 20000
      for i = 1, 20000 do right = right and results[i] == i + 1 end
      print(right, most <= 16)
      local taken = 0
      tasks.each(function() taken = taken + 1 return taken <= 3 and taken or nil end, function(n)
        tasks.sleep(0.001)
      end, {jobs = 1 << 40})
      print(taken)
      """
    #expect(try run(code) == "true\ttrue\n4\n")
  }
}
