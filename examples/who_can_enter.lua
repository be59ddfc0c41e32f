#!/usr/bin/env mfsh
-- Prints who may enter which vault: a line for each account, a column for each vault.
-- The arguments are accounts; each one's password is the first line of the file ACCOUNT.password.

if #arg == 0 then
  io.stderr:write("usage: mfsh ", arg[0], " ACCOUNT...   (the password of each in the file ACCOUNT.password)\n")
  os.exit(64)
end

local names, seen = {}, {}
for _, vault in ipairs(server.vaults()) do
  if not seen[vault.Name] then names[#names + 1] = vault.Name end
  seen[vault.Name] = true
end
table.sort(names)

local function vaults_of(user)
  local s <close> = session.open{user = user, password = secret.file(user .. ".password")}
  local may = {}
  for _, vault in ipairs(s:vaults()) do may[vault.Name] = true end
  return may
end

print("account," .. table.concat(names, ","))
for number, result in ipairs(tasks.settle(arg, vaults_of)) do
  local cells = {arg[number]}
  for _, name in ipairs(names) do
    cells[#cells + 1] = result.ok and (result.value[name] and "yes" or "no") or result.error.code
  end
  print(table.concat(cells, ","))
end
