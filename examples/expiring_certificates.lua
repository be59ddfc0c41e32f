#!/usr/bin/env mfsh
-- Tells how many days the certificates of servers have left, and ends with 1 if one has fewer than 14.
-- The arguments are addresses; no account is needed.

if #arg == 0 then
  io.stderr:write("usage: mfsh ", arg[0], " ADDRESS...   such as https://mfiles.example.com\n")
  os.exit(64)
end

local limit, failed = 14, false

local function days(url) return server.status{url = url}.certificate_days_left end

for number, result in ipairs(tasks.settle(arg, days)) do
  local text = "no TLS"
  if not result.ok then
    text = tostring(result.error.message or result.error)
  elseif result.value then
    text = result.value .. " days left"
  end
  failed = failed or not result.ok or (result.value or limit) < limit
  print(arg[number] .. "  " .. text)
end

os.exit(not failed)
