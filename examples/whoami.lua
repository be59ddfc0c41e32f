#!/usr/bin/env mfsh
-- Logs in, prints who the server says you are, and logs out.

session.login()
local info = session.info()

local function show(label, value)
  if value ~= nil then print(string.format("%-14s %s", label, value)) end
end

show("Account", info.AccountName)
show("Name", info.FullName)
show("User ID", info.UserID)
show("Licence", info.licenseString)
show("May change", info.LicenseAllowsModifications)
show("Internal user", info.InternalUser)

session.logout()
