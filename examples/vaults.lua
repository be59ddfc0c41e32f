#!/usr/bin/env mfsh
-- Lists the vaults that the account may enter, sorted by name, and marks the names that several vaults have:
-- such a vault must be given by its GUID.

local vaults = session.login()

local count = {}
for _, vault in ipairs(vaults) do count[vault.Name] = (count[vault.Name] or 0) + 1 end
table.sort(vaults, function(a, b)
  if a.Name ~= b.Name then return a.Name < b.Name end
  return a.GUID < b.GUID
end)

for _, vault in ipairs(vaults) do
  local mark = count[vault.Name] > 1 and "  (the name is not unique)" or ""
  print(vault.GUID .. "  " .. vault.Name .. mark)
end
print(#vaults .. " vaults")

session.logout()
