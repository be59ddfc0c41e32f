/// The part of `tasks` that is written in Lua: a few workers take elements in turn, and end with the scope that started
/// them.
enum TasksCode {
  static let text = #"""
    local internal, sleep, unpack, pack = mfsh_internal, tasks.sleep, table.unpack, table.pack
    local type, getmetatable, rawget, setmetatable = type, getmetatable, rawget, setmetatable
    local error, pcall, xpcall, getinfo, traceback = error, pcall, xpcall, debug.getinfo, debug.traceback
    local metatable_of, tostring = debug.getmetatable, tostring
    local min, maxinteger = math.min, math.maxinteger

    local group_of_tasks = {__close = function(group)
      for i = 1, #group do internal.cancel(group[i]) end
    end}

    -- Runs `work` in `count` tasks until all have returned, or in up to `limit`: each gets a function that starts a
    -- further one. One that returns true ends the others at once: what they wait for may take long.
    local function run(count, work, limit)
      local group <close> = setmetatable({}, group_of_tasks)
      local owner, returned, is_over = internal.current(), 0, false
      local function add()
        local number = #group + 1
        if number > (limit or count) then return end
        group[number] = internal.spawn(function()
          is_over = work(add) or is_over
          returned = returned + 1
          if not is_over then return end
          for other = 1, #group do
            if other ~= number then internal.cancel(group[other]) end
          end
        end, owner)
      end
      for _ = 1, count do add() end
      local number = 1
      while number <= #group do
        internal.join(group[number])
        number = number + 1
      end
      -- All that can happen to a task but what its function does.
      if not is_over and returned < #group then error("not enough memory", 0) end
    end

    -- What has raised the error of its tasks last, and where that began: it may be on its way out of a task itself.
    local last_raise, last_origin

    -- An error object says itself in which tasks it was raised. Long after it is the same object again and again.
    local function note_task(value, task)
      local metatable = type(value) == "table" and getmetatable(value)
      if type(metatable) ~= "table" or rawget(metatable, "__name") ~= "mfsh.error" then return end
      local inner = rawget(value, "task")
      if type(inner) ~= "string" then
        value.task = task
      elseif #inner < 500 then
        value.task = inner .. " in " .. task
      end
    end

    -- Whether an error says nothing of the place where it began.
    local function lacks_place(value)
      return type(value) == "string" or type(value) == "table" and not metatable_of(value)
    end

    -- Keeps the first error of several tasks, to raise it where they were started. Where it began is known to the message
    -- handler only.
    local function first_error(name)
      local failed, failure, origin, inner, stack
      local function handle(value)
        if failed or not lacks_place(value) then return value end
        local caller = getinfo(3, "f")
        inner = last_raise and caller and caller.func == last_raise and last_origin or ""
        stack = traceback(nil, 2)
        return value
      end
      local function note(index, value)
        if failed then return end
        failed, failure = true, value
        local task = (index and "element " .. index .. " of " or "") .. name
        note_task(value, task)
        if stack then origin = inner .. stack:gsub("^stack traceback:", "stack traceback of " .. task .. ":") .. "\n" end
      end
      local function raise()
        if not failed then return end
        last_raise, last_origin = raise, origin
        if origin then internal.note_origin(tostring(failure), origin) end
        error(failure, 0)
      end
      return handle, note, raise
    end

    -- For modules of ours that start tasks themselves.
    internal.run_tasks, internal.first_error = run, first_error

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
      if type(list) ~= "table" then internal.usage(name .. ": argument 1 must be a list") end
      if type(fn) ~= "function" then internal.usage(name .. ": argument 2 must be a function") end
    end

    function tasks.map(list, fn, options)
      check("tasks.map", list, fn)
      local jobs, results, next_index = internal.jobs("tasks.map", nil, options), {}, numbers(#list)
      local handle, note, raise = first_error("tasks.map")
      run(min(jobs, #list), function()
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
      local jobs, results, next_index = internal.jobs("tasks.settle", nil, options), {}, numbers(#list)
      run(min(jobs, #list), function()
        for index in next_index do
          local ok, value = pcall(fn, list[index], index)
          if ok then
            results[index] = {ok = true, value = value}
          else
            note_task(value, "element " .. index .. " of tasks.settle")
            results[index] = {ok = false, error = value}
          end
        end
      end)
      return results
    end

    local keys = numbers(maxinteger)

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
        if index then return index, list[index], index end
      end
    end

    function tasks.each(iterator, fn, options)
      local is_list = type(iterator) == "table"
      if not is_list and type(iterator) ~= "function" then
        internal.usage("tasks.each: argument 1 must be a list or an iterator such as io.lines(file)")
      end
      if type(fn) ~= "function" then internal.usage("tasks.each: argument 2 must be a function") end
      local jobs = internal.jobs("tasks.each", nil, options)
      local handle, note, raise = first_error("tasks.each")
      local next_element = is_list and elements(iterator) or in_turn(iterator)
      run(is_list and min(jobs, #iterator) or 1, function(grow)
        local number
        local function run_one(count, ...)
          number = count
          if not count then return false end
          grow()
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
      end, jobs)
      raise()
    end

    function tasks.timeout(seconds, fn, ...)
      if type(seconds) ~= "number" or not (seconds >= 0 and seconds < 1e9) then
        internal.usage("tasks.timeout: argument 1 must be seconds, 0 or more")
      end
      if type(fn) ~= "function" then internal.usage("tasks.timeout: argument 2 must be a function") end
      local arguments, results, turn = pack(...), nil, numbers(2)
      local handle, note, raise = first_error("tasks.timeout")
      run(2, function()
        if turn() == 2 then
          sleep(seconds)
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
