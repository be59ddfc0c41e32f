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

  /// `print` goes through the one place that makes text safe; `os.exit` logs sessions out; `tasks.map` and `.settle` are
  /// a few workers that take elements in turn, and end with the scope that started them; `server.diagnose` looks at the
  /// server first, and only then for credentials.
  private static let code = """
    local internal = mfsh_internal
    mfsh_internal = nil

    local tostring, pack, concat = tostring, table.pack, table.concat
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

    local function check(name, list, fn, options)
      if type(list) ~= "table" then error(name .. ": argument 1 must be a list", 3) end
      if type(fn) ~= "function" then error(name .. ": argument 2 must be a function", 3) end
      local jobs = 8
      if options ~= nil then
        if type(options) ~= "table" then error(name .. ": argument 3 must be a table like {jobs=8}", 3) end
        for key in pairs(options) do
          if key ~= "jobs" then error(name .. " does not take \\"" .. tostring(key) .. "\\": it takes jobs", 3) end
        end
        jobs = options.jobs or jobs
        if math.type(jobs) ~= "integer" or jobs < 1 then error(name .. ": jobs must be a whole number from 1 up", 3) end
      end
      return jobs
    end

    local group_of_tasks = {__close = function(group)
      for _, task in ipairs(group) do internal.cancel(task) end
    end}

    local function run(list, fn, jobs, each)
      local count, next_index, stopped = #list, 1, false
      local group <close> = setmetatable({}, group_of_tasks)
      local function work(own)
        while next_index <= count and not stopped do
          local index = next_index
          next_index = index + 1
          if each(index, pcall(fn, list[index], index)) then
            stopped = true
            -- What the others wait for may take long.
            for i, task in ipairs(group) do
              if i ~= own then internal.cancel(task) end
            end
          end
        end
      end
      for i = 1, math.min(jobs, count) do
        group[i] = internal.spawn(function() work(i) end)
      end
      for _, task in ipairs(group) do internal.join(task) end
    end

    function tasks.map(list, fn, options)
      local jobs, results, failed, failure = check("tasks.map", list, fn, options), {}, false, nil
      run(list, fn, jobs, function(index, ok, value)
        if ok then results[index] = value return end
        if not failed then failed, failure = true, value end
        return true
      end)
      if failed then error(failure, 0) end
      return results
    end

    function tasks.settle(list, fn, options)
      local jobs, results = check("tasks.settle", list, fn, options), {}
      run(list, fn, jobs, function(index, ok, value)
        results[index] = ok and {ok = true, value = value} or {ok = false, error = value}
      end)
      return results
    end

    function server.diagnose(arguments)
      local diagnosis = internal.examine(arguments)
      internal.examine_account(arguments, diagnosis)
      return internal.diagnosis(diagnosis)
    end

    local names = setmetatable({}, {__mode = "k"})
    for _, module in ipairs{"session", "server", "secret", "tasks", "json", "mfsh"} do
      names[_G[module]] = module
      for name, value in pairs(_G[module]) do
        if type(value) == "function" then names[value] = module .. "." .. name end
      end
    end
    names[help], names[print], names[os.exit] = "help", "print", "os.exit"
    local show_help = help
    function help(topic)
      if topic ~= nil and type(topic) ~= "string" then
        topic = names[topic] or error("help takes a name, such as help \\"session\\", or a function of mfsh", 2)
      end
      internal.page(show_help(topic))
    end
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
