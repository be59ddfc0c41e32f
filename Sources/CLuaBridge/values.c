// Reading values without raising, and the few protected conversions.
#include "internal.h"
#include "json.h"

bridge_type bridge_type_at(lua_State *L, int32_t index) { return (bridge_type)lua_type(L, index); }
bool bridge_boolean_at(lua_State *L, int32_t index) { return lua_toboolean(L, index); }
bool bridge_is_integer_at(lua_State *L, int32_t index) { return lua_isinteger(L, index); }
bool bridge_integer_at(lua_State *L, int32_t index, int64_t *value) {
  int is_integer = 0;
  *value = lua_type(L, index) == LUA_TNUMBER ? lua_tointegerx(L, index, &is_integer) : 0;
  return is_integer;
}
double bridge_number_at(lua_State *L, int32_t index) {
  return lua_type(L, index) == LUA_TNUMBER ? lua_tonumber(L, index) : 0;
}
const char *bridge_string_at(lua_State *L, int32_t index, size_t *length) {
  *length = 0;
  return lua_type(L, index) == LUA_TSTRING ? lua_tolstring(L, index, length) : NULL;
}
bool bridge_is_null_at(lua_State *L, int32_t index) {
  return lua_type(L, index) == LUA_TLIGHTUSERDATA && lua_touserdata(L, index) == NULL;
}
bool bridge_is_array_at(lua_State *L, int32_t index) {
  if (!lua_checkstack(L, 2) || lua_type(L, index) != LUA_TTABLE || !lua_getmetatable(L, index)) return false;
  json_push_array_metatable(L);
  bool is_array = lua_rawequal(L, -1, -2);
  lua_pop(L, 2);
  return is_array;
}
bool bridge_has_metafield(lua_State *L, int32_t index, const char *name) {
  if (!lua_checkstack(L, 3) || !lua_getmetatable(L, index)) return false;
  bool found = false;
  for (bool exists = lua_next(L, (lua_pushnil(L), -2)); exists; exists = lua_next(L, -2)) {
    const char *key = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "";
    lua_pop(L, 1);
    if (__builtin_strcmp(key, name) == 0) {
      found = true;
      lua_pop(L, 1);
      break;
    }
  }
  lua_pop(L, 1);
  return found;
}
uintptr_t bridge_identity_at(lua_State *L, int32_t index) { return (uintptr_t)lua_topointer(L, index); }
int32_t bridge_raw_length(lua_State *L, int32_t index) {
  lua_Unsigned length = lua_rawlen(L, index);
  return length > INT32_MAX ? INT32_MAX : (int32_t)length;
}

bool bridge_push_element(lua_State *L, int32_t index, int32_t element) {
  if (lua_type(L, index) != LUA_TTABLE || !lua_checkstack(L, 2)) return false;
  lua_rawgeti(L, index, element);
  return true;
}
/// By walking, since pushing the name as a key may allocate, and so raise.
bool bridge_push_field(lua_State *L, int32_t index, const char *name) {
  if (lua_type(L, index) != LUA_TTABLE || !lua_checkstack(L, 3)) return false;
  index = lua_absindex(L, index);
  lua_pushnil(L);
  while (lua_next(L, index)) {
    if (lua_type(L, -2) == LUA_TSTRING && __builtin_strcmp(lua_tostring(L, -2), name) == 0) {
      lua_remove(L, -2);
      return true;
    }
    lua_pop(L, 1);
  }
  return false;
}
bool bridge_push_nil(lua_State *L) {
  if (!lua_checkstack(L, 3)) return false;
  lua_pushnil(L);
  return true;
}

static bool is_element(lua_State *L, int index, lua_Integer length) {
  return lua_isinteger(L, index) && lua_tointeger(L, index) >= 1 && lua_tointeger(L, index) <= length;
}
/// (length, table, key)
static int next_pair(lua_State *L) {
  lua_Integer length = lua_tointeger(L, 1);
  while (lua_next(L, 2)) {
    if (!is_element(L, 3, length)) return 2;
    lua_pop(L, 1);
  }
  return 0;
}
/// Lua refuses to go on when the table was changed meanwhile, such as by a `__tostring` that runs between two pairs.
bool bridge_next_field(lua_State *L, int32_t index, int32_t length) {
  index = lua_absindex(L, index);
  int top = lua_gettop(L) - 1;
  if (lua_checkstack(L, 4)) {
    lua_pushcfunction(L, next_pair);
    lua_pushinteger(L, length);
    lua_pushvalue(L, index);
    lua_rotate(L, top + 1, -1);
    if (lua_pcall(L, 3, LUA_MULTRET, 0) == LUA_OK && lua_gettop(L) > top) return true;
  }
  lua_settop(L, top);
  return false;
}
bool bridge_next(lua_State *L, int32_t index) { return bridge_next_field(L, index, 0); }
int64_t bridge_field_count(lua_State *L, int32_t index, int32_t length) {
  index = lua_absindex(L, index);
  if (lua_type(L, index) != LUA_TTABLE || !lua_checkstack(L, 3)) return 0;
  int64_t count = 0;
  for (bool exists = lua_next(L, (lua_pushnil(L), index)); exists; exists = lua_next(L, index)) {
    lua_pop(L, 1);
    if (!is_element(L, -1, length)) count++;
  }
  return count;
}
void bridge_pop(lua_State *L, int32_t count) { lua_pop(L, count); }
int32_t bridge_top(lua_State *L) { return lua_gettop(L); }
void bridge_set_top(lua_State *L, int32_t top) { lua_settop(L, top); }

/// Runs `function(value, arguments)` on the main thread, with a value of another thread.
static bridge_status guard_value(bridge *b, lua_State *L, int32_t index, lua_CFunction function, guard_arguments *a) {
  if (!lua_checkstack(L, 2)) return BRIDGE_MEMORY;
  a->thread = L;
  a->index = index ? lua_absindex(L, index) : 0;
  return guard(b, function, a);
}

static void take_value(lua_State *L, guard_arguments *a) {
  luaL_checkstack(L, 2, NULL);
  lua_pushvalue(a->thread, a->index);
  lua_xmove(a->thread, L, 1);
}

static void keep_text(lua_State *L, guard_arguments *a) {
  size_t length;
  const char *text = lua_tolstring(L, -1, &length);
  if (!buffer_set(&a->bridge->failure, text, length)) luaL_error(L, "not enough memory");
}

static int value_tostring(lua_State *L) {
  guard_arguments *a = lua_touserdata(L, 1);
  take_value(L, a);
  luaL_tolstring(L, -1, NULL);
  keep_text(L, a);
  return 0;
}
bridge_status bridge_tostring(bridge *b, lua_State *L, int32_t index) {
  return guard_value(b, L, index, value_tostring, &(guard_arguments){0});
}

static int value_encode(lua_State *L) {
  guard_arguments *a = lua_touserdata(L, 1);
  take_value(L, a);
  json_encode_options options = {.is_secret = is_secret, .indent = a->number, .mask_secrets = a->number > 0};
  json_encode(L, -1, &options);
  keep_text(L, a);
  return 0;
}
bridge_status bridge_show_json(bridge *b, lua_State *L, int32_t index) {
  return guard_value(b, L, index, value_encode, &(guard_arguments){.number = 2});
}
bridge_status bridge_encode_json(bridge *b, lua_State *L, int32_t index) {
  return guard_value(b, L, index, value_encode, &(guard_arguments){0});
}

static int keep_global(lua_State *L) {
  guard_arguments *a = lua_touserdata(L, 1);
  lua_pushglobaltable(L);
  lua_pushstring(L, a->name);
  if (a->index) take_value(L, a);
  else lua_pushnil(L);
  lua_rawset(L, -3);
  return 0;
}
bridge_status bridge_keep_global(bridge *b, lua_State *L, int32_t index, const char *name) {
  return guard_value(b, L, index, keep_global, &(guard_arguments){.name = name});
}
