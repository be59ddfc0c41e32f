#!/usr/bin/env mfsh
-- Opens several sessions at a time and shows that every one of them is logged out, whatever happens inside.
-- The argument "sandbox" starts a sandbox for this script alone and prints what it has counted.

local sandbox = arg[1] == "sandbox" and mfsh.sandbox{} or nil
local login = sandbox and {url = sandbox.url, user = "editor", password = "demo"} or {}

local opened = {}

local function visit(number)
  local s <close> = session.open(login) -- logged out where this function ends, also by an error
  opened[number] = s
  if number == 3 then error("number 3 fails on purpose", 0) end
  return s:info().AccountName
end

for number, result in ipairs(tasks.settle({1, 2, 3, 4, 5}, visit, {jobs = 5})) do
  local state = opened[number] and opened[number].state or "never opened"
  local outcome = result.ok and result.value or "error: " .. tostring(result.error)
  print(string.format("session %d  %s  (%s)", number, state, outcome))
end

if sandbox then
  local stats = sandbox:stats()
  print(string.format("the sandbox saw %d logins and %d logouts; %d sessions are open",
    stats.logins, stats.logouts, stats.live_sessions))
  sandbox:stop()
end
