import HTTP
import LuaKit
import Testing

@testable import Shell

/// What `\as` says where a value has no such form.
struct ResultFormatTests {
  private func text(_ format: ResultFormat, of code: String) throws -> String {
    let loop = EventLoop()
    let scheduler = Scheduler(state: try LuaState(executor: loop)) { loop.step() }
    return try scheduler.run(Array(code.utf8), chunkName: "=test") {
      try ResultFormat.text(of: $0, as: format, width: 80)
    }
  }

  private func problem(_ format: ResultFormat, of code: String) -> String? {
    do {
      return try "none, but \(text(format, of: code))"
    } catch { return (error as? LuaError)?.message }
  }

  @Test func nilHasNoCSV() {
    #expect(
      problem(.csv, of: "return nil") == "only a list of records, or one record, can be CSV, and this is nil")
  }

  @Test(arguments: ["return 5", "return {1, 2}", "return {a = 1}, {a = 2}"])
  func whatIsNoRecordHasNoCSV(code: String) {
    #expect(problem(.csv, of: code) == "only a list of records, or one record, can be CSV: try json")
  }

  @Test func recordsHaveCSV() throws {
    #expect(
      try text(.csv, of: "return {{a = 1}, {a = 'x'}}").split(whereSeparator: \.isNewline) == ["a", "1", "x"])
  }
}
