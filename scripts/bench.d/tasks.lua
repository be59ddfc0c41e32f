-- What a task costs beside its requests. Prints, for N tasks at a time:
--   spawn MICROSECONDS     to start a task, run a function that returns at once, and end
--   wait MICROSECONDS      the same with one sleep of no length
--   sleeping BYTES         of the process's memory for each task that sleeps
--   cancel MICROSECONDS    to end a sleeping task from outside, with its <close> variable
-- Usage: mfsh tasks.lua ROUNDS [N]
local rounds, count = tonumber(arg[1]), tonumber(arg[2] or 50000)

local list = {}
for i = 1, count do list[i] = i end

local function resident()
  for line in io.lines("/proc/self/status") do
    local kilobytes = line:match("^VmRSS:%s*(%d+)")
    if kilobytes then return kilobytes * 1024 end
  end
end

-- Of several rounds the best, in microseconds of computing for each task.
local function best(run)
  local least = math.huge
  for _ = 1, rounds do
    collectgarbage()
    local start = os.clock()
    run()
    least = math.min(least, os.clock() - start)
  end
  return least / count * 1e6
end

local function map(fn) tasks.map(list, fn, {jobs = count}) end

-- Memory first: what has grown does not shrink.
collectgarbage()
local before, during = resident(), nil
local closing = setmetatable({}, {__close = function() end})
local function sleep(i)
  local scope <close> = closing
  if i < count then tasks.sleep(3600) end
  during = resident()
  error("enough", 0)
end
pcall(map, sleep)
print(("sleeping %.0f"):format((during - before) / count))

print(("spawn %.2f"):format(best(function() map(function(i) return i end) end)))
print(("wait %.2f"):format(best(function() map(function() tasks.sleep(0) end) end)))
local least = math.huge
for _ = 1, rounds do
  local start
  pcall(map, function(i)
    local scope <close> = closing
    if i < count then tasks.sleep(3600) end
    start = os.clock()
    error("enough", 0)
  end)
  least = math.min(least, os.clock() - start)
end
print(("cancel %.2f"):format(least / count * 1e6))
