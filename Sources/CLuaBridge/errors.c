// Errors as objects: tables with a metatable whose __tostring gives "position: message".
#include <string.h>

#include "internal.h"

char error_key;

/// Pushes "chunk:line" of the nearest Lua function that runs, so that an error raised through pcall has a place too.
/// The program's own Lua code, the chunk "=mfsh", is no place that a user knows.
void push_position(lua_State *L) {
  lua_Debug info;
  for (int level = 0; lua_getstack(L, level, &info); level++) {
    lua_getinfo(L, "Sl", &info);
    if (info.currentline > 0 && strcmp(info.source, "=mfsh") != 0) {
      lua_pushfstring(L, "%s:%d", info.short_src, info.currentline);
      return;
    }
  }
  lua_pushliteral(L, "");
}

static int error_tostring(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  lua_getfield(L, 1, "position");
  lua_getfield(L, 1, "message");
  const char *position = lua_tostring(L, 2), *message = lua_tostring(L, 3);
  if (!message) message = "error";
  if (position && *position) lua_pushfstring(L, "%s: %s", position, message);
  else lua_pushstring(L, message);
  return 1;
}

void set_error_metatable(lua_State *L) {
  if (lua_type(L, -1) != LUA_TTABLE) return;
  push_position(L);
  lua_setfield(L, -2, "position");
  lua_rawgetp(L, LUA_REGISTRYINDEX, &error_key);
  lua_setmetatable(L, -2);
}

void open_errors(lua_State *L) {
  lua_createtable(L, 0, 3);
  lua_pushcfunction(L, error_tostring);
  lua_setfield(L, -2, "__tostring");
  lua_pushliteral(L, "mfsh.error");
  lua_setfield(L, -2, "__name");
  lua_rawsetp(L, LUA_REGISTRYINDEX, &error_key);
}
