/// A script that meets faults: its arguments are a way in, and faults as `mfsh sandbox --fault` takes them. It prints a
/// line for each fault and operation: what came of it, and whether a session stayed behind. The variable `LEFTOVERS` names
/// in lines where one is expected to, so that nobody waits long for it to go.
enum FaultScript {
  static let text = """
    local way = table.remove(arg, 1)
    local operations = {
      {name = "login", method = "PUT", path = "/session"},
      {name = "info", method = "GET", path = "/session"},
      {name = "vaults", method = "GET", path = "/session/vaults"},
      {name = "logout", method = "DELETE", path = "/session"},
    }
    if way == "token" then
      operations[1].method, operations[1].path = "POST", "/server/authenticationtokens"
    end

    local function fault(text, operation)
      local fields = {method = operation.method, path = operation.path, exact = true}
      for part in text:gmatch("[^,]+") do
        local key, value = part:match("^([^=]+)=?(.*)$")
        fields[key] = value == "" or tonumber(value) or value
      end
      return fields
    end

    local expected = {}
    for line in os.getenv("LEFTOVERS"):gmatch("[^\\n]+") do expected[line] = true end
    local cells = {}
    for _, text in ipairs(arg) do
      for _, operation in ipairs(operations) do cells[#cells + 1] = {text = text, operation = operation} end
    end

    local function outcome(ok, e, logins)
      if ok then return logins == 1 and "ok" or logins == 2 and "again" or logins .. " logins" end
      if not e.code or e.code == "" then return "no code: " .. tostring(e) end
      if e.message == "" or tostring(e):find("%c") then return "unfit for a line: " .. e.code end
      return e.code
    end

    local function try(cell)
      local box, name = mfsh.sandbox{}, cell.operation.name
      local s
      local function login()
        s = session.open{url = box.url, user = "editor", password = "demo", via = way}
      end
      if name ~= "login" then login() end
      box:faults(fault(cell.text, cell.operation))
      local ok, e = pcall(name == "login" and login or function() return s[name](s) end)
      local result = outcome(ok, e, box:stats().logins)
      box:faults{}
      if s then pcall(s.logout, s) end
      -- What is logged out in the background may take a moment.
      local patience = expected[cell.text .. " " .. name] and 20 or 1000
      while box:stats().live_sessions > 0 and patience > 0 do
        patience = patience - 1
        tasks.sleep(0.01)
      end
      local left = box:stats().live_sessions > 0 and " left" or ""
      box:stop()
      return cell.text .. " " .. name .. ": " .. result .. left
    end

    for _, line in ipairs(tasks.map(cells, try, {jobs = 40})) do print(line) end
    """
}
