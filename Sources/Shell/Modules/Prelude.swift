import LuaKit

/// The part of the globals that is written in Lua.
enum Prelude {
  static func register(in runtime: Runtime) throws {
    try runtime.scheduler.run(Array(code.utf8), chunkName: "=mfsh") { _ in }
  }

  /// Sets `arg` from the script's name and the arguments, as lua5.4 does, and makes the script's folder the first place
  /// where `require` looks.
  static let argumentsCode = """
    local values = table.pack(...)
    arg = {}
    for i = 1, values.n do arg[i - 1] = values[i] end
    local folder = arg[0]:match("^(.*/)") or "./"
    if arg[0] ~= "mfsh" and arg[0] ~= "-" then
      package.path = folder .. "?.lua;" .. folder .. "?/init.lua;" .. package.path
    end
    """

  /// `print` goes through the one place that makes text safe; `os.exit` logs sessions out; Ctrl-C in `os.execute` stops
  /// the code too; `server.diagnose` looks at the server first, and only then for credentials.
  private static let code = """
    local internal = mfsh_internal
    mfsh_internal = nil

    local tostring, pack, unpack, concat = tostring, table.pack, table.unpack, table.concat
    function print(...)
      local values = pack(...)
      for i = 1, values.n do
        local text = tostring(values[i])
        values[i] = text
      end
      internal.write(concat(values, "\\t") .. "\\n")
    end

    function os.exit(code, close)
      if code == nil or code == true then code = 0 elseif code == false then code = 1 end
      internal.exit(code)
    end

    -- While another program runs, Ctrl-C reaches that one alone; it was meant for the code as well.
    local execute = os.execute
    function os.execute(...)
      local results = pack(execute(...))
      if results[2] == "signal" and results[3] == 2 then internal.interrupt() end
      return unpack(results, 1, results.n)
    end

    function server.diagnose(arguments)
      local diagnosis = internal.examine(arguments)
      internal.examine_account(arguments, diagnosis)
      return internal.diagnosis(diagnosis)
    end

    local names = setmetatable({}, {__mode = "k"})
    for _, module in ipairs{"session", "server", "secret", "tasks", "check", "json", "mfsh"} do
      names[_G[module]] = module
      for name, value in pairs(_G[module]) do
        if type(value) == "function" then names[value] = module .. "." .. name end
      end
    end
    names[help], names[print], names[os.exit] = "help", "print", "os.exit"
    local show_help = help
    function help(topic) show_help(names[topic] or topic) end
    names[help] = "help"

    -- require looks beside the script, in LUA_PATH and in the system's places, not in the current folder.
    local function without_current_folder(path, variable)
      local own = os.getenv(variable .. "_5_4") or os.getenv(variable) or ""
      return (path:gsub("[^;]+", function(entry)
        if entry:sub(1, 2) == "./" and not own:find(entry, 1, true) then return "" end
      end):gsub(";;+", ";"):gsub("^;", ""):gsub(";$", ""))
    end
    package.path = without_current_folder(package.path, "LUA_PATH")
    package.cpath = without_current_folder(package.cpath, "LUA_CPATH")
    """
}
