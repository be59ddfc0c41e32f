// The global `json`: encode, decode, null, array.
#include "internal.h"
#include "json.h"

static int decode(lua_State *L) {
  size_t length;
  const char *text = luaL_checklstring(L, 1, &length);
  json_decode(L, text, length, &(json_decode_options){.push_secret = push_secret});
  return 1;
}

/// Raises for a key that no option has.
static void check_option_keys(lua_State *L) {
  lua_pushnil(L);
  while (lua_next(L, 2)) {
    const char *key = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "?";
    if (__builtin_strcmp(key, "secrets") != 0 && __builtin_strcmp(key, "indent") != 0)
      luaL_error(L, "json.encode: unknown option '%s' (options: indent, secrets)", key);
    lua_pop(L, 1);
  }
}

static int encode(lua_State *L) {
  json_encode_options options = {.is_secret = is_secret};
  luaL_checkany(L, 1);
  if (!lua_isnoneornil(L, 2)) {
    luaL_checktype(L, 2, LUA_TTABLE);
    check_option_keys(L);
    lua_getfield(L, 2, "secrets");
    const char *secrets = luaL_optstring(L, -1, "error");
    options.mask_secrets = __builtin_strcmp(secrets, "mask") == 0;
    if (!options.mask_secrets && __builtin_strcmp(secrets, "error") != 0)
      return luaL_error(L, "json.encode: secrets is \"error\" or \"mask\", not \"%s\"", secrets);
    lua_getfield(L, 2, "indent");
    options.indent = (int)luaL_optinteger(L, -1, 0);
    luaL_argcheck(L, options.indent >= 0 && options.indent <= 16, 2, "indent is 0 to 16 spaces");
  }
  json_encode(L, 1, &options);
  return 1;
}

static int array(lua_State *L) {
  if (lua_isnoneornil(L, 1)) {
    lua_settop(L, 0);
    lua_newtable(L);
  }
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  json_push_array_metatable(L);
  lua_setmetatable(L, 1);
  return 1;
}

void open_json(lua_State *L) {
  static const luaL_Reg functions[] = {{"decode", decode}, {"encode", encode}, {"array", array}, {NULL, NULL}};
  luaL_newlib(L, functions);
  lua_pushlightuserdata(L, NULL);
  lua_setfield(L, -2, "null");
  lua_pushvalue(L, -1);
  lua_setglobal(L, "json");
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  lua_insert(L, -2);
  lua_setfield(L, -2, "json");
  lua_pop(L, 1);
  json_push_array_metatable(L);  // made now, so that later pushes allocate nothing
  lua_pop(L, 1);
}
