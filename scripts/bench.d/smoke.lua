-- Tasks and checks in the optimised program, where a value that is copied once too often shows: ends with 1 if anything
-- is not as it should be.
local sandbox = mfsh.sandbox{}
local demo = secret.of "demo"

local squares = tasks.map({1, 2, 3, 4, 5}, function(n) tasks.sleep(0.001) return n * n end, {jobs = 3})
assert(squares[5] == 25)
assert(select(2, pcall(tasks.timeout, 0.01, tasks.sleep, 9)).code == "client.timeout")
assert(tasks.timeout(9, function() tasks.sleep(0.001) return "in time" end) == "in time")

local rows, results = {}, 0
for number = 1, 40 do
  rows[number] = {id = "r" .. number, account = "editor", vault = "Finance", secret = demo}
end
local summary = check.run{
  rows = rows, url = sandbox.url,
  expect = function(_, session) return session:user_id() == 2 end,
  on_result = function() results = results + 1 end,
}
assert(results == 40 and summary.counts.pass == 40, json.encode(summary))
assert(not pcall(check.run, {rows = rows, url = sandbox.url, on_result = function() error "stop" end}))
assert(sandbox:stats().live_sessions == 0)
