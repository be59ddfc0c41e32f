-- Milliseconds to turn a JSON text of 1,000 objects into tables, here and with lua-cjson, and the text's size.
local cjson = require "cjson"
local clock, rounds = os.clock, tonumber(arg[1])

local objects = {}
for i = 1, 1000 do
  objects[i] = ('{"ID":%d,"Name":"Document %d","GUID":"{%08X-5B47-4AC0-8EF7-835C166C8E24}","Size":%.2f,"Locked":%s}')
    :format(i, i, i * 7919, i * 1.25, i % 2 == 0)
end
local text = "[" .. table.concat(objects, ",") .. "]"

local function best_of(decoders)
  local best = {math.huge, math.huge}
  for _ = 1, rounds do
    for i, decode in ipairs(decoders) do
      collectgarbage()
      local start = clock()
      decode(text)
      best[i] = math.min(best[i], clock() - start)
    end
  end
  return best[1] * 1e3, best[2] * 1e3
end

assert(json.decode(text)[1000].ID == 1000 and cjson.decode(text)[1000].ID == 1000)
print(best_of{json.decode, cjson.decode})
