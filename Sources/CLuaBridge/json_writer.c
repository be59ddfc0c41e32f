#include "json_writer.h"

#include <lauxlib.h>

enum { FIRST_CAPACITY = 1024, LONGEST_NAME_SHOWN = 40 };

void json_scratch_begin(lua_State *L, json_scratch *scratch) {
  scratch->bytes = lua_newuserdatauv(L, FIRST_CAPACITY, 0);
  scratch->slot = lua_gettop(L);
  scratch->used = 0;
  scratch->capacity = FIRST_CAPACITY;
}

void json_scratch_grow(lua_State *L, json_scratch *scratch, size_t more) {
  size_t capacity = scratch->capacity * 2 + more;
  char *bytes = lua_newuserdatauv(L, capacity, 0);
  memcpy(bytes, scratch->bytes, scratch->used);
  lua_replace(L, scratch->slot);
  scratch->bytes = bytes;
  scratch->capacity = capacity;
}

static bool is_letter(char c) { return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_'; }

static bool is_identifier(const char *name, size_t length) {
  for (size_t i = 0; i < length; i++)
    if (!is_letter(name[i]) && (i == 0 || !json_is_digit(name[i]))) return false;
  return length > 0 && length <= LONGEST_NAME_SHOWN;
}

/// Any name in quotes; what could harm a terminal or confuse the reader becomes `?`.
static void add_quoted(luaL_Buffer *buffer, const char *name, size_t length) {
  const char *at = name, *end = name + length;
  luaL_addstring(buffer, "[\"");
  while (at < end && at - name < LONGEST_NAME_SHOWN) {
    size_t sequence = json_utf8_length(at, end);
    bool is_shown = sequence > 2 || (sequence == 1 && !json_is_special((unsigned char)*at)) ||
                    (sequence == 2 && (unsigned char)*at != 0xC2);
    if (is_shown) luaL_addlstring(buffer, at, sequence);
    else luaL_addchar(buffer, '?');
    at += sequence ? sequence : 1;
  }
  luaL_addstring(buffer, at < end ? "…\"]" : "\"]");
}

static void add_step(luaL_Buffer *buffer, const json_place *place) {
  if (place->index != 0) {
    lua_pushfstring(buffer->L, "[%I]", place->index);
    luaL_addvalue(buffer);
  } else if (place->name && is_identifier(place->name, place->name_length)) {
    luaL_addchar(buffer, '.');
    luaL_addlstring(buffer, place->name, place->name_length);
  } else if (place->name) {
    add_quoted(buffer, place->name, place->name_length);
  }
}

static void add_path(luaL_Buffer *buffer, const json_place *place) {
  if (!place) return;
  add_path(buffer, place->above);
  add_step(buffer, place);
}

_Noreturn void json_encode_fail(const json_writer *writer, const json_place *place, const char *what) {
  lua_State *L = writer->L;
  luaL_checkstack(L, LUA_MINSTACK, NULL);
  luaL_Buffer path;
  luaL_buffinit(L, &path);
  luaL_addchar(&path, '$');
  add_path(&path, place);
  luaL_pushresult(&path);
  luaL_error(L, "cannot encode JSON at %s: %s", lua_tostring(L, -1), what);
  __builtin_unreachable();
}
