import TestSupport
import Testing

/// `tasks.map` and `tasks.settle`.
@Suite struct TasksTests {
  private func run(_ code: String) throws -> String {
    let result = try ChildProcess.run([BuiltBinary.mfsh, "-e", code])
    return result.output + result.error
  }

  @Test(.timeLimit(.minutes(1))) func mapEndsWithTheFirstErrorWhateverTheOthersWaitFor() throws {
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
}
