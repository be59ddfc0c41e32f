import Check
import HTTP
import LuaKit
import MFWS

/// The rows that a Lua file makes: it returns a list of them, or an iterator. It is data from elsewhere: it sees Lua's
/// functions for texts, tables and numbers alone, and so can neither read files, nor run programs, nor reach a session.
struct LuaRoster: RosterRecords {
  private let runtime: Runtime
  private var count = 0
  private var batch: [JSONValue] = []
  private var place = 0
  private var isOver = false
  /// Rows that are fetched at a time.
  private static let step = 256

  /// - Throws: `CheckFailure`: it is no Lua, or fails.
  init(_ code: [UInt8], named name: String, _ runtime: Runtime) throws(CheckFailure) {
    self.runtime = runtime
    guard !LuaSourceFile.isCompiled(code) else {
      throw .roster("\(name): compiled Lua is not read; give its source")
    }
    let arguments: [LuaValue] = [.bytes(LuaSourceFile.code(code)), .string("@\(name)"), .string(name)]
    try Self.running {
      try runtime.scheduler.run(Array(Self.opening.utf8), chunkName: "=mfsh", arguments: arguments) { _ in }
    }
  }

  mutating func next() throws -> RosterRecord? {
    if place == batch.count, !isOver { try fetch() }
    guard place < batch.count else { return nil }
    place += 1
    count += 1
    // Lua does not tell an empty list from an empty table.
    let fields = (batch[place - 1].object ?? [:]).mapValues { $0.object == [:] ? .array([]) : $0 }
    return RosterRecord(fields, number: count)
  }

  private mutating func fetch() throws(CheckFailure) {
    let code = "return mfsh_roster(\(Self.step))"
    let text = try Self.running {
      try runtime.scheduler.run(Array(code.utf8), chunkName: "=mfsh") { results in
        switch try results.value(1) {
        case .string(let text): Array(text.utf8)
        case .bytes(let bytes): bytes
        default: [UInt8]()
        }
      }
    }
    batch = text.split(separator: 0x0A).map { JSONText.value(Array($0)) ?? .null }
    place = 0
    isOver = batch.count < Self.step
  }

  private static func running<Result>(_ body: () throws -> Result) throws(CheckFailure) -> Result {
    do {
      return try body()
    } catch let failure as LuaFailure where failure.kind == .stopped {
      try RunSignals.check()
      throw CheckFailure(status: .interrupted, description: "interrupted")
    } catch let failure as LuaFailure {
      throw .roster(failure.line)
    } catch {
      throw .roster("\(error)")
    }
  }

  /// Leaves `mfsh_roster`, which gives rows as lines of JSON.
  private static let opening = """
    local code, chunk_name, name = ...
    local encode, type, concat = json.encode, type, table.concat
    local globals = {}
    local functions = "assert error ipairs next pairs pcall select tonumber tostring type"
    for key in functions:gmatch("%a+") do globals[key] = _G[key] end
    for _, library in ipairs{"coroutine", "math", "string", "table", "utf8"} do
      globals[library] = {}
      for key, value in pairs(_G[library]) do globals[library][key] = value end
    end
    globals.string.dump = nil
    local chunk, problem = load(code, chunk_name, "t", globals)
    if not chunk then error(problem, 0) end
    local rows, state, control = chunk()
    if type(rows) ~= "table" and type(rows) ~= "function" then
      error(name .. ": it must return a list of rows, or a function that gives one after the other", 0)
    end
    if type(rows) == "table" and rows[1] == nil and next(rows) ~= nil then
      error(name .. ": the table that it returns is no list: put braces around each row, {{account = \\"name\\"}}", 0)
    end
    local count = 0
    local function next_row()
      if type(rows) == "table" then return rows[count + 1] end
      control = rows(state, control)
      return control
    end
    function mfsh_roster(limit)
      local lines = {}
      while #lines < limit do
        local row = next_row()
        if row == nil then break end
        count = count + 1
        if type(row) ~= "table" then
          error(name .. ": row " .. count .. " is no table: write {account = \\"name\\"}", 0)
        end
        local is_text, text = pcall(encode, row)
        if not is_text then error(name .. ": row " .. count .. ": " .. tostring(text), 0) end
        lines[#lines + 1] = text
      end
      return concat(lines, "\\n")
    end
    """
}
