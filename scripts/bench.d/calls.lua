-- Nanoseconds for a call of mfsh and for the same in plain C. One line for each kind:
-- nobody (no argument, gives false), make (a string in, an object out), read (an object in, a string out),
-- property (object.name).
local plain = require "plain"
local clock, count, rounds = os.clock, 200000, tonumber(arg[1])

local function time(body, ...)
  local start = clock()
  body(...)
  return clock() - start
end

local function loop(call, a) for _ = 1, count do call(a) end end
local function read_property(object, name) for _ = 1, count do local _ = object[name] end end

local function measure(kind, ours, peer)
  local best = {math.huge, math.huge}
  for _ = 1, rounds do
    for i, body in ipairs{ours, peer} do
      collectgarbage()
      collectgarbage "stop"
      best[i] = math.min(best[i], time(table.unpack(body)))
      collectgarbage "restart"
    end
  end
  print(kind, best[1] / count * 1e9, best[2] / count * 1e9)
end

local word = "a secret of some length"
local object, text = secret.of(word), plain.of(word)
local server <close> = setmetatable({it = mfsh.sandbox{}}, {__close = function(s) s.it:stop() end})
measure("nobody", {loop, session.logout}, {loop, plain.nobody})
measure("make", {loop, secret.of, word}, {loop, plain.of, word})
measure("read", {loop, secret.reveal, object}, {loop, plain.reveal, text})
measure("property", {read_property, server.it, "url"}, {read_property, text, "text"})
