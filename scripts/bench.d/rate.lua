-- rate.lua URL COUNT JOBS: session.info() COUNT times, JOBS at a time; prints the requests a second.
local clock = require "plain".clock
local url, count, jobs = arg[1], tonumber(arg[2]), tonumber(arg[3])
session.login{url = url, user = "editor", password = "demo"}

local start
if jobs == 1 then
  start = clock()
  for _ = 1, count do session.info() end
else
  local list = {}
  for i = 1, count do list[i] = i end
  start = clock()
  tasks.map(list, function() session.info() end, {jobs = jobs})
end
print(("%.0f"):format(count / (clock() - start)))
session.logout()
