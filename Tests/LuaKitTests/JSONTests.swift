import HTTP
import LuaKit
import Testing

@Suite struct JSONTests {
  /// The text or message that `code` returns, with the global `text` set.
  private func run(_ code: String, text: [UInt8] = []) throws -> String {
    let loop = EventLoop()
    let state = try LuaState(executor: loop)
    let scheduler = Scheduler(state: state) { loop.step(limit: 5) }
    try state.set("text", .bytes(text))
    return try scheduler.run(Array(code.utf8), chunkName: "=test") { results in
      guard case .string(let result) = try results.value(1) else { return "no string" }
      return result
    }
  }

  @Test(arguments: JSONCase.accepted)
  func `what is accepted is written back`(item: JSONCase) throws {
    guard case .accepted(let written) = item.verdict else { return }
    #expect(try run("return json.encode(json.decode(text))", text: item.text) == written)
    #expect(try run("return json.encode(json.decode(text))", text: Array(written.utf8)) == written)
  }

  @Test(arguments: JSONCase.rejected)
  func `what is rejected names the place`(item: JSONCase) throws {
    guard case .rejected(let what) = item.verdict else { return }
    let message = try run("return select(2, pcall(json.decode, text))", text: item.text)
    #expect(message == "invalid JSON at \(what)")
  }

  @Test func `lines and columns are counted in characters`() throws {
    let message = try run("return select(2, pcall(json.decode, '[1,\\n  \"é\", x]'))")
    #expect(message == "invalid JSON at line 2, column 8: a value expected")
  }

  @Test(arguments: [
    ("{}", "{}"), ("json.array{}", "[]"), ("{1, 2}", "[1,2]"), ("{a = {json.null}}", "{\"a\":[null]}"),
    ("{b = 1, a = 2, ab = 3}", "{\"a\":2,\"ab\":3,\"b\":1}"),
    ("{b = {1, {}}, c = json.array{}}, {indent = 2}", "{\n  \"b\": [\n    1,\n    {}\n  ],\n  \"c\": []\n}"),
    (
      "{math.mininteger, 2^53, -0.0, 1e14, 0.1}",
      "[-9223372036854775808,9007199254740992.0,-0.0,100000000000000.0,0.1]"
    ),
    ("setmetatable({}, {__index = error, __pairs = error, __len = error})", "{}"),
  ])
  func `tables become objects or arrays`(value: String, text: String) throws {
    #expect(try run("return json.encode(\(value))") == text)
  }

  @Test(arguments: [
    ("nil", "$: a nil has no JSON form (use json.null)"),
    ("{a = {1, 2, print}}", "$.a[3]: a function has no JSON form"),
    ("{[1] = 1, x = 2}", "$: the table is an array and an object at once"),
    ("{y = {[1] = 1, [3] = 2}}", "$.y: the array has holes"),
    ("{y = {[0] = 1}}", "$.y: keys must be strings, or the integers from 1 on"),
    ("{[1.5] = 1}", "$: keys must be strings, or the integers from 1 on"),
    ("json.array{x = 1}", "$: the table is an array and an object at once"),
    ("{['a b'] = {0 / 0}}", "$[\"a b\"][1]: JSON has no infinity and no NaN"),
    ("{['\\27\\xff'] = 1}", "$[\"??\"]: the string is not UTF-8"),
    ("(function() local t = {} t.a = {t} return t end)()", "$.a[1]: the table contains itself"),
    ("{io.stdout}", "$[1]: a userdata has no JSON form"),
  ])
  func `what has no JSON form is named by its path`(value: String, what: String) throws {
    #expect(try run("return select(2, pcall(json.encode, \(value)))") == "cannot encode JSON at \(what)")
  }

  @Test func `nesting is limited when encoding too`() throws {
    let message = try run(
      "local t = {} for _ = 1, 128 do t = {t} end return select(2, pcall(json.encode, t))")
    #expect(message.hasSuffix("[1]: nested too deeply"))
  }

  @Test func `floats read back as the same float`() throws {
    let code = """
      for _ = 1, 5000 do
        local value = string.unpack("n", string.pack("j", math.random(0)))
        local decimal = math.random(0, 10 ^ 9) / 10 ^ math.random(0, 8)
        assert(json.decode(json.encode(decimal)) == decimal)
        assert(value ~= value or math.abs(value) == math.huge or json.decode(json.encode(value)) == value)
      end
      return "fine"
      """
    #expect(try run(code) == "fine")
  }

  @Test func `a weak table may shrink while it is written`() throws {
    let code = """
      local weak = setmetatable({}, {__mode = "v"})
      for i = 1, 5000 do weak["a key long enough not to be kept elsewhere " .. i] = {("x"):rep(100)} end
      pcall(json.encode, weak)
      return "fine"
      """
    #expect(try run(code) == "fine")
  }
}
