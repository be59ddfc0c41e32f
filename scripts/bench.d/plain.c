// A Lua module as one writes it in plain C: what the calls of mfsh are compared with.
#include <lauxlib.h>
#include <lua.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct {
  char *bytes;
  size_t length;
} text;

static const char class[] = "plain.text";

static int nobody(lua_State *L) {
  lua_pushboolean(L, 0);
  return 1;
}

/// Keeps a copy that is overwritten when it goes, as a secret is.
static int of(lua_State *L) {
  size_t length;
  const char *bytes = luaL_checklstring(L, 1, &length);
  text *t = lua_newuserdatauv(L, sizeof *t, 0);
  t->bytes = malloc(length);
  t->length = length;
  if (t->bytes) memcpy(t->bytes, bytes, length);
  luaL_setmetatable(L, class);
  return 1;
}

static int reveal(lua_State *L) {
  text *t = luaL_checkudata(L, 1, class);
  lua_pushlstring(L, t->bytes, t->length);
  return 1;
}

static int collect(lua_State *L) {
  text *t = luaL_checkudata(L, 1, class);
  explicit_bzero(t->bytes, t->length);
  free(t->bytes);
  t->bytes = NULL;
  return 0;
}

/// `object.text`, with methods looked at first.
static int read_name(lua_State *L) {
  text *t = luaL_checkudata(L, 1, class);
  lua_pushvalue(L, 2);
  if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) return 1;
  if (strcmp(luaL_checkstring(L, 2), "text") != 0) return 0;
  lua_pushlstring(L, t->bytes, t->length);
  return 1;
}

/// Seconds that pass on the wall; os.clock counts those of the processor.
static int clock_now(lua_State *L) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  lua_pushnumber(L, (double)time.tv_sec + (double)time.tv_nsec / 1e9);
  return 1;
}

int luaopen_plain(lua_State *L) {
  const luaL_Reg functions[] = {{"nobody", nobody}, {"of", of}, {"reveal", reveal}, {"clock", clock_now}, {NULL, NULL}};
  luaL_newmetatable(L, class);
  lua_pushcfunction(L, collect);
  lua_setfield(L, -2, "__gc");
  lua_newtable(L);
  lua_pushcclosure(L, read_name, 1);
  lua_setfield(L, -2, "__index");
  luaL_newlib(L, functions);
  return 1;
}
