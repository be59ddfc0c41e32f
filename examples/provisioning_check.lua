#!/usr/bin/env mfsh
-- Compares accounts with what was ordered, by a rule of its own too, and prints what is to be done as CSV.
-- The argument is a JSON file with a list of orders like those below, which are the sandbox's; the accounts' password is
-- that of the connection settings.

local orders = {
  {login = "editor", name = "Eddie Editor", vaults = {"Sample Vault", "Finance"}},
  {login = "reader", name = "Rita Reader", vaults = {"Sample Vault", "Finance"}},
  {login = "external", name = "Ezra External", vaults = {"Sample Vault"}},
  {login = "leaver", left = "2026-03-31"},
}
if arg[1] then
  local file <close> = assert(io.open(arg[1]))
  orders = json.decode(file:read("a"))
end

local rows = {}
for _, order in ipairs(orders) do
  rows[#rows + 1] = {
    id = order.login, account = order.login, expect = order.left and "deny" or "allow",
    vaults = order.vaults, full_name = order.name,
  }
end

-- Runs in the open session of each account that gets in.
local function expect(row, session)
  local name = session:info().FullName
  if name == row.meta.full_name then return end
  return {check = "full_name", expected = row.meta.full_name, actual = name}
end

local fine = {pass = true, unproved = true}
local function print_task(result)
  if not fine[result.status] then print(('%s,%s,"%s"'):format(result.id, result.status, result.message)) end
end

local summary = check.run{
  rows = rows, expect = expect, on_result = print_task,
  jobs = 4, accept_unproved = true, reports = {junit = os.getenv("JUNIT_REPORT")},
}
os.exit(summary.exit_status)
