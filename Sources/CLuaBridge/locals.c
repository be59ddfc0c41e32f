// Locals that outlive the statement of the prompt that declares them. Such a statement hands over, for each, a function
// that has the variable as its only upvalue; in a later statement that uses the name the two upvalues become one.
#include <string.h>

#include "internal.h"

static char holders_key, constants_key;

/// Pushes the registry's table under `key`, made when missing. Raises.
static void push_registered(lua_State *L, const void *key) {
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, key) == LUA_TTABLE) return;
  lua_pop(L, 1);
  lua_newtable(L);
  lua_pushvalue(L, -1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, key);
}

/// keep(name, holder, is_constant)
static int keep_local(lua_State *L) {
  lua_settop(L, 3);
  luaL_checktype(L, 1, LUA_TSTRING);
  luaL_checktype(L, 2, LUA_TFUNCTION);
  push_registered(L, &constants_key);
  lua_pushvalue(L, 1);
  lua_pushvalue(L, 3);
  lua_rawset(L, -3);
  push_registered(L, &holders_key);
  lua_pushvalue(L, 1);
  lua_pushvalue(L, 2);
  lua_rawset(L, -3);
  return 0;
}

void join_locals(lua_State *L, const char *keeper) {
  int function = lua_gettop(L);
  push_registered(L, &holders_key);
  const char *name;
  for (int i = 1; (name = lua_getupvalue(L, function, i)); i++) {
    lua_pop(L, 1);
    if (strcmp(name, keeper) == 0) {
      lua_pushcfunction(L, keep_local);
      lua_setupvalue(L, function, i);
    } else if (strcmp(name, "_ENV") != 0) {
      lua_pushstring(L, name);
      if (lua_rawget(L, -2) == LUA_TFUNCTION) lua_upvaluejoin(L, function, i, lua_gettop(L), 1);
      lua_pop(L, 1);
    }
  }
  lua_settop(L, function);
}

bool push_local(lua_State *L, const char *name, size_t length) {
  push_registered(L, &holders_key);
  lua_pushlstring(L, name, length);
  bool found = lua_rawget(L, -2) == LUA_TFUNCTION && lua_getupvalue(L, -1, 1);
  if (found) lua_replace(L, -3);
  lua_pop(L, found ? 1 : 2);
  return found;
}

void push_local_names(lua_State *L) { push_registered(L, &holders_key); }

static int list_locals(lua_State *L) {
  guard_arguments *a = lua_touserdata(L, 1);
  byte_buffer *text = &a->bridge->failure;
  push_registered(L, &constants_key);
  buffer_set(text, "", 0);
  lua_pushnil(L);
  while (lua_next(L, 2)) {
    size_t length;
    const char *name = lua_tolstring(L, 3, &length);
    char *room = buffer_room(text, length + 2);
    if (!room) return luaL_error(L, "not enough memory");
    memcpy(room, name, length);
    memcpy(room + length, lua_toboolean(L, 4) ? "!\n" : " \n", 2);
    lua_pop(L, 1);
  }
  return 0;
}
bridge_status bridge_locals(bridge *b) { return guard(b, list_locals, &(guard_arguments){0}); }
