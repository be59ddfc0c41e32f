import Glibc
import TestSupport
import Testing

/// Lua as people know it, and the globals that mfsh adds.
struct LuaTests {
  static let hasCJSON = ["x86_64", "aarch64"].contains {
    access("/usr/lib/\($0)-linux-gnu/lua/5.4/cjson.so", R_OK) == 0
  }

  @Test func requireLooksBesideTheScriptAndNotInTheCurrentFolder() throws {
    let shell = try Shell()
    for folder in ["scripts", "scripts/both"] { mkdir(shell.home.path(folder), 0o700) }
    try shell.home.write(
      "scripts/main.lua", "print(require('beside'), require('both'), pcall(require, 'here'))")
    try shell.home.write("scripts/beside.lua", "return 'beside'")
    try shell.home.write("scripts/both/init.lua", "return 'folder'")
    try shell.home.write("here.lua", "return 'taken from the current folder'")
    let result = try shell.run(["scripts/main.lua"])
    #expect(
      result.status == .exited(0) && result.output.hasPrefix("beside\tfolder\tfalse\tmodule 'here' not found")
    )
    for arguments in [["-e", "require 'here'"], ["-"], []] {
      let other = try shell.run(arguments, input: "require 'here'")
      #expect(other.status == .exited(1) && other.error.contains("module 'here' not found"))
    }
    var chosen = shell
    chosen.environment = ["LUA_PATH": "./?.lua;;"]
    #expect(try chosen.run("print((require 'here'))").output == "taken from the current folder\n")
  }

  @Test(.enabled(if: hasCJSON, "lua-cjson is not installed: run scripts/setup --test")) func modulesInC()
    throws
  {
    #expect(try Shell().run("print(require 'cjson'.encode{1, 2})") == (.exited(0), "[1,2]\n", ""))
  }

  @Test func scriptsHaveTheirArguments() throws {
    let shell = try Shell()
    let file = try shell.home.write(
      "run", "#!/usr/bin/env mfsh\nprint(arg[0], #arg, arg[1], ...)", mode: 0o700)
    #expect(try shell.run(["run", "-e", "--sandbox"]).output == "run\t2\t-e\t-e\t--sandbox\n")
    let path = "PATH=$(dirname \"$0\"):$PATH exec \(file) one"
    #expect(try shell.run(inScript: path, []).output == "\(file)\t1\tone\tone\n")
    #expect(
      try shell.run(["-e", "x = (x or 0) + #arg", "-e", "print(x, arg[2], ...)", "a", "-b"]).output
        == "2\t-b\ta\t-b\n")
    try shell.home.write("marked.lua", "\u{FEFF}print('marked')")
    #expect(try shell.run(["marked.lua"]).output == "marked\n")
  }

  static let snippets: [(code: String, output: String)] = [
    ("print(_VERSION, mfsh.version:match('^%d+%.%d+%.%d+$') ~= nil)", "Lua 5.4\ttrue"),
    (
      "print(#tasks.map({}, print), table.unpack(tasks.map({3, 1, 2}, function(x, i) tasks.sleep(x / 100) return x * i end)))",
      "0\t3\t2\t6"
    ),
    (
      "local n, max = 0, 0 tasks.map({1, 2, 3, 4, 5, 6}, function() n = n + 1 max = math.max(n, max) tasks.sleep(0.01) n = n - 1 end, {jobs=2}) print(max)",
      "2"
    ),
    (
      "for i, r in ipairs(tasks.settle({1, 2, 3}, function(x) if x == 2 then error('two', 0) end return x end)) do io.write(tostring(r.ok), ' ', tostring(r.value or r.error), ' ') end",
      "true 1 false two true 3 "
    ),
    (
      "local ends = {} print(pcall(tasks.map, {1, 2, 3}, function(x) local c <close> = setmetatable({}, {__close=function() ends[#ends + 1] = x end}) tasks.sleep(x == 2 and 0.01 or 9999) error('stop', 0) end)) table.sort(ends) print(table.concat(ends))",
      "false\tstop\n123"
    ),
    (
      "local a = os.time() tasks.map({1, 2, 3, 4}, function() tasks.sleep(0.01) end) print(pcall(tasks.sleep, 0))",
      "true"
    ),
    (
      "print(json.encode(json.decode('[]')), json.encode(json.array{}), json.decode('null') == json.null, json.encode{a=json.null})",
      "[]\t[]\ttrue\t{\"a\":null}"
    ),
    (
      "print(math.type(json.decode('9223372036854775807')), json.decode('9223372036854775807'), json.encode(1 << 62))",
      "integer\t9223372036854775807\t4611686018427387904"
    ),
    (
      "local s = secret.of('x') print(s, secret.reveal(s), s == secret.of('x'), s == secret.of('y'), json.encode({s}, {secrets='mask'}), (pcall(json.encode, {s})))",
      "secret(•••)\tx\ttrue\tfalse\t[\"***\"]\tfalse"
    ),
    ("print(select('#', print()), (pcall(error)), pcall(error, nil))", "\n0\tfalse\tfalse\tnil"),
    (
      "local co = coroutine.wrap(function() tasks.sleep(0.001) coroutine.yield(1) tasks.sleep(0.001) return 2 end) print(co(), co())",
      "1\t2"
    ),
    ("goto e ::e:: print(('x'):rep(3, ','), 7 // 2, 1 << 4, utf8.char(228))", "x,x,x\t3\t16\tä"),
    (
      "local t = {3, 1, 2} table.sort(t, function(a, b) tasks.sleep(0.001) return a < b end) print(table.concat(t))",
      "123"
    ),
    ("print((('abc'):gsub('.', function(c) tasks.sleep(0.001) return c:upper() end)))", "ABC"),
    (
      "print((pcall(coroutine.close, coroutine.create(print))), #debug.traceback() > 0, io.write('') == io.stdout)",
      "true\ttrue\ttrue"
    ),
    (
      "print(os.getenv('HOME') ~= nil, #io.popen('echo hi'):read('a'), os.execute('exit 3'))",
      "true\t3\tnil\texit\t3"
    ),
    ("io.write('a') print('b') io.stdout:write('c\\n')", "ab\nc"),
  ]

  @Test(arguments: snippets) func prints(code: String, output: String) throws {
    let result = try Shell().run(code)
    #expect(result == (.exited(0), output.hasSuffix(" ") ? output : output + "\n", ""))
  }

  @Test func anErrorOfATaskEndsTheOthersAndKeepsItsFields() throws {
    let result = try Shell().run([
      "--sandbox", "-e",
      """
      local ok, e = pcall(tasks.map, {"editor", "nobody", "reader"}, function(user)
        local s <close> = session.open{user=user, password="demo"}
        tasks.sleep(user == "nobody" and 0 or 9999)
      end)
      print(ok, e.code, e.status, e.request)
      """,
    ])
    #expect(result == (.exited(0), "false\tdenied.credentials\t403\tPUT /session\n", ""))
  }
}
