/// The part of `check` that is written in Lua: rows are read, results handed out and rules asked in tasks of the script.
enum CheckCode {
  static let text = #"""
    local internal, type, pairs, next, xpcall, pcall = mfsh_internal, type, pairs, next, xpcall, pcall
    local run_tasks, first_error = internal.run_tasks, internal.first_error
    local maxinteger = math.maxinteger

    local own = {rows = "a list of tables or a function that gives one after the other", on_result = "a function", expect = "a function"}
    local function must(name, value, kind)
      if type(value) == kind then return end
      internal.usage("check.run: " .. name .. " must be " .. own[name] .. ", not a " .. type(value))
    end

    -- The named arguments, but for those that are no data.
    local function options_of(arguments)
      if type(arguments) ~= "table" then
        internal.usage("check.run: argument 1 must be a table: check.run{rows = {{account = \"name\"}}}")
      end
      local options = {}
      for key, value in pairs(arguments) do
        if not own[key] then options[key] = value end
      end
      return options
    end

    local function must_be_list(rows)
      if #rows == 0 and next(rows) ~= nil then
        internal.usage("check.run: rows is no list: put braces around each row, {{account = \"name\"}}")
      end
    end

    local function read_rows(self, rows)
      if type(rows) == "table" then
        for index = 1, #rows do internal.check_add(self, rows[index]) end
      else
        for row in rows do internal.check_add(self, row) end
      end
    end

    -- What waits answers nothing at first, and false when there is nothing to come.
    local function results(self)
      while true do
        local result = internal.check_result(self)
        if result ~= nil then return result or nil end
      end
    end

    local function visits(self)
      while true do
        local number, row, session = internal.check_visit(self)
        if number ~= nil then return number or nil, row, session end
      end
    end

    -- One task has the results, the others ask the rule, as many as there are sessions that wait for it.
    local function watch(self, on_result, expect)
      local handle, note, raise = first_error("check.run")
      local has_failed, has_taker = false, false
      local function fail(value)
        has_failed = true
        note(nil, value)
        internal.check_stop(self)
      end
      local function take_results()
        for result in results, self do
          if on_result and not has_failed then
            local ok, value = xpcall(on_result, handle, result)
            if not ok then fail(value) end
          end
        end
      end
      local function ask(number, row, session)
        local ok, value = xpcall(expect, handle, row, session)
        if ok then ok, value = pcall(internal.check_answer, self, number, value) end
        if not ok and not internal.check_failed(self, number, value) then fail(value) end
      end
      run_tasks(expect and 2 or 1, function(grow)
        if not has_taker then
          has_taker = true
          take_results()
          return true
        end
        for number, row, session in visits, self do
          grow()
          ask(number, row, session)
        end
      end, maxinteger)
      raise()
    end

    check = {}

    function check.run(arguments)
      local options = options_of(arguments)
      local rows, on_result, expect = arguments.rows, arguments.on_result, arguments.expect
      if type(rows) ~= "function" then
        must("rows", rows, "table")
        must_be_list(rows)
      end
      if on_result ~= nil then must("on_result", on_result, "function") end
      if expect ~= nil then must("expect", expect, "function") end
      local self <close> = internal.check_open(options, expect ~= nil)
      read_rows(self, rows)
      internal.check_start(self)
      watch(self, on_result, expect)
      return internal.check_summary(self)
    end
    """#
}
