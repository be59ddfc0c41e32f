import HTTP
import LuaKit
import MFWS

/// The global `tasks`: sequential Lua code, many at a time. What is not in Swift here is written in Lua.
enum TasksModule {
  static func register(in runtime: Runtime) throws {
    try registerTasks(runtime)
    try registerSleep(runtime)
    try runtime.scheduler.run(Array(code.utf8), chunkName: "=mfsh") { _ in }
  }

  private static func registerTasks(_ runtime: Runtime) throws {
    let state = runtime.state
    try state.register("mfsh_internal.spawn") { [unowned runtime] call in
      .result(.integer(Int64(bitPattern: try runtime.scheduler.spawn(call, 1, "tasks"))))
    }
    try state.register("mfsh_internal.join") { [unowned runtime] call in
      runtime.scheduler.join(UInt64(bitPattern: try call.integer(1, "tasks")))
    }
    try state.register("mfsh_internal.cancel") { [unowned runtime] call in
      runtime.scheduler.cancel(UInt64(bitPattern: try call.integer(1, "tasks")))
      return .results([])
    }
    // What Lua can do nothing with but hand it back: a list of those who wait.
    let waiting = Waiting()
    try state.register("mfsh_internal.wait") { call in
      let key = try call.integer(1, "tasks")
      return .suspend { waiting.numbers[key] = $0 }
    }
    try state.register("mfsh_internal.wake") { [unowned runtime] call in
      if let number = waiting.numbers.removeValue(forKey: try call.integer(1, "tasks")) {
        runtime.scheduler.resume(suspended: number)
      }
      return .results([])
    }
    try state.register("mfsh_internal.time_is_up") { call in
      let seconds = try call.number(1, "tasks.timeout")
      throw MFWSError(.clientTimeout, "tasks.timeout: not done after \(seconds) s")
    }
    try state.register("mfsh_internal.note_origin") { [unowned runtime] call in
      runtime.scheduler.note(origin: try call.string(2, "tasks"), of: try call.string(1, "tasks"))
      return .results([])
    }
  }

  /// Which suspended task has which key.
  private final class Waiting {
    var numbers: [Int64: UInt64] = [:]
  }

  private static func registerSleep(_ runtime: Runtime) throws {
    let loop = runtime.loop
    try runtime.state.register("tasks.sleep") { [unowned scheduler = runtime.scheduler] call in
      let seconds = try call.number(1, "tasks.sleep")
      guard seconds >= 0, seconds < 1e9 else {
        throw LuaError.usage("tasks.sleep: seconds must be 0 or more")
      }
      return .begin { number in
        let timer = loop.after(seconds: seconds) { scheduler.resume(suspended: number) }
        return { loop.cancelTimer(timer) }
      }
    }
  }

  /// A few workers take elements in turn, and end with the scope that started them.
  private static let code = #"""
    local internal, unpack, pack = mfsh_internal, table.unpack, table.pack

    local function jobs_of(name, options)
      if options == nil then return 8 end
      if type(options) ~= "table" then error(name .. ": argument 3 must be a table like {jobs=8}", 3) end
      for key in pairs(options) do
        if key ~= "jobs" then error(name .. " does not take \"" .. tostring(key) .. "\": it takes jobs", 3) end
      end
      local jobs = options.jobs or 8
      if math.type(jobs) ~= "integer" or jobs < 1 then error(name .. ": jobs must be a whole number from 1 up", 3) end
      return jobs
    end

    local group_of_tasks = {__close = function(group)
      for i = 1, #group do internal.cancel(group[i]) end
    end}

    -- Runs `work` in this many tasks until all have returned. One that returns true ends the others at once: what they
    -- wait for may take long.
    local function run(count, work)
      local group <close> = setmetatable({}, group_of_tasks)
      for i = 1, count do
        group[i] = internal.spawn(function()
          if not work() then return end
          for other = 1, #group do
            if other ~= i then internal.cancel(group[other]) end
          end
        end)
      end
      for i = 1, #group do internal.join(group[i]) end
    end

    -- Keeps the first error of several tasks, to raise it where they were started. Where it began is known to the message
    -- handler only.
    local function first_error(name)
      local failed, failure, origin, traceback
      local function handle(value)
        if not failed and type(value) == "string" then traceback = debug.traceback(nil, 2) end
        return value
      end
      local function note(index, value)
        if failed then return end
        failed, failure = true, value
        local element = index and "element " .. index .. " of " or ""
        if not traceback then return end
        -- What calls the function is this file's.
        origin = traceback:gsub("\n%s*%[C%]: in function 'xpcall'\n%s*mfsh:.*", "")
          :gsub("^stack traceback:", "stack traceback of " .. element .. name .. ":")
      end
      local function raise()
        if not failed then return end
        if origin then internal.note_origin(failure, origin) end
        error(failure, 0)
      end
      return handle, note, raise
    end

    local function numbers(count)
      local number = 0
      return function()
        if number < count then
          number = number + 1
          return number
        end
      end
    end

    local function check(name, list, fn)
      if type(list) ~= "table" then error(name .. ": argument 1 must be a list", 3) end
      if type(fn) ~= "function" then error(name .. ": argument 2 must be a function", 3) end
    end

    function tasks.map(list, fn, options)
      check("tasks.map", list, fn)
      local jobs, results, next_index = jobs_of("tasks.map", options), {}, numbers(#list)
      local handle, note, raise = first_error("tasks.map")
      run(math.min(jobs, #list), function()
        for index in next_index do
          local ok, value = xpcall(fn, handle, list[index], index)
          if not ok then
            note(index, value)
            return true
          end
          results[index] = value
        end
      end)
      raise()
      return results
    end

    function tasks.settle(list, fn, options)
      check("tasks.settle", list, fn)
      local jobs, results, next_index = jobs_of("tasks.settle", options), {}, numbers(#list)
      run(math.min(jobs, #list), function()
        for index in next_index do
          local ok, value = pcall(fn, list[index], index)
          results[index] = ok and {ok = true, value = value} or {ok = false, error = value}
        end
      end)
      return results
    end

    local keys = numbers(math.maxinteger)

    -- An iterator may wait itself, so one task at a time calls it; the others queue. The number of the element comes
    -- before its values; nil: it is over.
    local function in_turn(iterator)
      local is_busy, is_over, count = false, false, 0
      local queue, first, last = {}, 1, 0
      local function leave(...)
        is_busy = false
        if first <= last then
          internal.wake(queue[first])
          queue[first], first = nil, first + 1
        end
        return ...
      end
      local function numbered(...)
        if (...) == nil then
          is_over = true
          return leave()
        end
        count = count + 1
        return leave(count, ...)
      end
      return function()
        while is_busy do
          local key = keys()
          last = last + 1
          queue[last] = key
          internal.wait(key)
        end
        if is_over then return leave() end
        is_busy = true
        return numbered(iterator())
      end
    end

    local function elements(list)
      local next_index = numbers(#list)
      return function()
        local index = next_index()
        if index then return list[index], index end
      end
    end

    function tasks.each(iterator, fn, options)
      if type(iterator) == "table" then
        iterator = elements(iterator)
      elseif type(iterator) ~= "function" then
        error("tasks.each: argument 1 must be a list or an iterator such as io.lines(file)", 2)
      end
      if type(fn) ~= "function" then error("tasks.each: argument 2 must be a function", 2) end
      local jobs = jobs_of("tasks.each", options)
      local handle, note, raise = first_error("tasks.each")
      local next_element = in_turn(iterator)
      run(jobs, function()
        local number
        local function run_one(count, ...)
          number = count
          if not count then return false end
          fn(...)
          return true
        end
        local function run_next() return run_one(next_element()) end
        while true do
          number = nil
          local ok, goes_on = xpcall(run_next, handle)
          if not ok then note(number, goes_on) end
          if not ok or not goes_on then return not ok end
        end
      end)
      raise()
    end

    function tasks.timeout(seconds, fn, ...)
      if type(seconds) ~= "number" or not (seconds >= 0 and seconds < 1e9) then
        error("tasks.timeout: argument 1 must be seconds, 0 or more", 2)
      end
      if type(fn) ~= "function" then error("tasks.timeout: argument 2 must be a function", 2) end
      local arguments, results, turn = pack(...), nil, numbers(2)
      local handle, note, raise = first_error("tasks.timeout")
      run(2, function()
        if turn() == 2 then
          tasks.sleep(seconds)
        else
          results = pack(xpcall(fn, handle, unpack(arguments, 1, arguments.n)))
          if not results[1] then note(nil, results[2]) end
        end
        return true
      end)
      raise()
      if not results then internal.time_is_up(seconds) end
      return unpack(results, 2, results.n)
    end
    """#
}
