-- session.lua URL COUNT: login, who am I COUNT times, my vaults, logout.
session.login{url = arg[1], user = "editor", password = "demo"}
for _ = 1, tonumber(arg[2]) do session.info() end
session.vaults()
session.logout()
