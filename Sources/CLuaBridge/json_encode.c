#include <lauxlib.h>
#include <stdlib.h>

#include "json_writer.h"

/// A key of the object being written. The string itself is kept alive by its place on the Lua stack: a weak
/// table may lose the entry while we write.
typedef struct {
  const char *bytes;
  size_t length;
  int slot;
} object_name;

enum { SLOTS_PER_LEVEL = 8 };

static void write_value(json_writer *writer, const json_place *place);

static void break_line(json_writer *writer) {
  if (writer->options->indent == 0) return;
  size_t spaces = (size_t)writer->options->indent * (size_t)writer->level;
  char *line = json_scratch_add(writer->L, &writer->text, spaces + 1);
  line[0] = '\n';
  memset(line + 1, ' ', spaces);
}

static void open_level(json_writer *writer, const char *bracket) {
  json_write(writer, bracket, 1);
  writer->level++;
}

static void close_level(json_writer *writer, const char *bracket, bool is_empty) {
  writer->level--;
  if (!is_empty) break_line(writer);
  json_write(writer, bracket, 1);
}

static void begin_element(json_writer *writer, bool is_first) {
  if (!is_first) json_write(writer, ",", 1);
  break_line(writer);
}

static void write_array(json_writer *writer, json_place *place, lua_Integer count) {
  open_level(writer, "[");
  for (place->index = 1; place->index <= count; place->index++) {
    begin_element(writer, place->index == 1);
    lua_rawgeti(writer->L, -1, place->index);
    write_value(writer, place);
    lua_pop(writer->L, 1);
  }
  close_level(writer, "]", count == 0);
}

static int compare_names(const void *left, const void *right) {
  const object_name *a = left, *b = right;
  int order = memcmp(a->bytes, b->bytes, a->length < b->length ? a->length : b->length);
  return order ? order : (a->length > b->length) - (a->length < b->length);
}

static void write_member(json_writer *writer, json_place *place, object_name name, int table) {
  place->name = name.bytes;
  place->name_length = name.length;
  json_write_string(writer, place, name.bytes, name.length);
  json_write(writer, ": ", writer->options->indent ? 2 : 1);
  lua_pushvalue(writer->L, name.slot);
  lua_rawget(writer->L, table);
  write_value(writer, place);
  lua_pop(writer->L, 1);
}

/// Writes the object whose `count` names are the last ones in the scratch; offsets, because it may move.
static void write_object(json_writer *writer, json_place *place, int table, size_t count) {
  size_t base = writer->names.used - count * sizeof(object_name);
  qsort(writer->names.bytes + base, count, sizeof(object_name), compare_names);
  open_level(writer, "{");
  for (size_t i = 0; i < count; i++) {
    begin_element(writer, i == 0);
    write_member(writer, place, ((const object_name *)(writer->names.bytes + base))[i], table);
  }
  close_level(writer, "}", count == 0);
  writer->names.used = base;
}

static bool has_array_metatable(lua_State *L, int table) {
  if (!lua_getmetatable(L, table)) return false;
  json_push_array_metatable(L);
  bool is_array = lua_rawequal(L, -1, -2);
  lua_pop(L, 2);
  return is_array;
}

/// What the keys of a table are.
typedef struct {
  size_t name_count;
  lua_Integer index_count, largest_index;
  bool has_others;
} table_keys;

/// Notes the key on top of the stack; a name stays there.
static void note_key(json_writer *writer, table_keys *keys) {
  lua_State *L = writer->L;
  if (lua_type(L, -1) == LUA_TSTRING) {
    luaL_checkstack(L, SLOTS_PER_LEVEL, "too many names in one object");
    object_name name = {.slot = lua_gettop(L)};
    name.bytes = lua_tolstring(L, -1, &name.length);
    memcpy(json_scratch_add(L, &writer->names, sizeof name), &name, sizeof name);
    keys->name_count++;
    lua_pushvalue(L, -1);
  } else if (lua_isinteger(L, -1) && lua_tointeger(L, -1) > 0) {
    lua_Integer index = lua_tointeger(L, -1);
    keys->index_count++;
    if (index > keys->largest_index) keys->largest_index = index;
  } else {
    keys->has_others = true;
  }
}

static table_keys read_keys(json_writer *writer, int table) {
  table_keys keys = {0};
  lua_pushnil(writer->L);
  while (lua_next(writer->L, table)) {
    lua_pop(writer->L, 1);
    note_key(writer, &keys);
  }
  return keys;
}

static const char *fault_of(const table_keys *keys, bool is_array) {
  if (keys->has_others) return "keys must be strings, or the integers from 1 on";
  if (keys->name_count && (keys->index_count || is_array)) return "the table is an array and an object at once";
  if (keys->index_count != keys->largest_index) return "the array has holes";
  return NULL;
}

static void check_nesting(json_writer *writer, const json_place *place, const void *table) {
  for (const json_place *outer = place; outer; outer = outer->above)
    if (outer->table == table) json_encode_fail(writer, place, "the table contains itself");
  if (writer->level == writer->max_level) json_encode_fail(writer, place, "nested too deeply");
  luaL_checkstack(writer->L, SLOTS_PER_LEVEL, NULL);
}

static void write_table(json_writer *writer, const json_place *above) {
  lua_State *L = writer->L;
  int table = lua_gettop(L);
  json_place place = {.above = above, .table = lua_topointer(L, table)};
  check_nesting(writer, above, place.table);
  bool is_array = has_array_metatable(L, table);
  table_keys keys = read_keys(writer, table);
  const char *fault = fault_of(&keys, is_array);
  if (fault) json_encode_fail(writer, above, fault);
  if (is_array || keys.index_count)
    write_array(writer, &place, keys.index_count);
  else
    write_object(writer, &place, table, keys.name_count);
  lua_settop(L, table);
}

static void write_userdata(json_writer *writer, const json_place *place) {
  const json_encode_options *options = writer->options;
  if (!options->is_secret || !options->is_secret(writer->L, lua_gettop(writer->L)))
    json_encode_fail(writer, place, "a userdata has no JSON form");
  if (!options->mask_secrets)
    json_encode_fail(writer, place, "a secret is not written (reveal it, or ask for secrets=\"mask\")");
  json_write(writer, "\"***\"", 5);
}

static void write_number(json_writer *writer, const json_place *place) {
  if (lua_isinteger(writer->L, -1))
    json_write_integer(writer, lua_tointeger(writer->L, -1));
  else
    json_write_float(writer, place, lua_tonumber(writer->L, -1));
}

static void write_text(json_writer *writer, const json_place *place) {
  size_t length;
  const char *bytes = lua_tolstring(writer->L, -1, &length);
  json_write_string(writer, place, bytes, length);
}

_Noreturn static void fail_on_type(json_writer *writer, const json_place *place) {
  const char *type = luaL_typename(writer->L, -1);
  const char *hint = lua_isnil(writer->L, -1) ? " (use json.null)" : "";
  json_encode_fail(writer, place, lua_pushfstring(writer->L, "a %s has no JSON form%s", type, hint));
}

/// Writes the value on top of the stack and leaves it there.
static void write_value(json_writer *writer, const json_place *place) {
  lua_State *L = writer->L;
  switch (lua_type(L, -1)) {
    case LUA_TTABLE: write_table(writer, place); break;
    case LUA_TSTRING: write_text(writer, place); break;
    case LUA_TNUMBER: write_number(writer, place); break;
    case LUA_TBOOLEAN: lua_toboolean(L, -1) ? json_write(writer, "true", 4) : json_write(writer, "false", 5); break;
    case LUA_TUSERDATA: write_userdata(writer, place); break;
    case LUA_TLIGHTUSERDATA:
      if (lua_touserdata(L, -1)) fail_on_type(writer, place);
      json_write(writer, "null", 4);
      break;
    default: fail_on_type(writer, place);
  }
}

void json_encode(lua_State *L, int index, const json_encode_options *options) {
  static const json_encode_options defaults;
  if (!options) options = &defaults;
  luaL_checkstack(L, SLOTS_PER_LEVEL, NULL);
  index = lua_absindex(L, index);
  json_writer writer = {.L = L, .options = options,
                        .max_level = options->max_depth ? options->max_depth : JSON_DEFAULT_MAX_DEPTH};
  json_scratch_begin(L, &writer.text);
  json_scratch_begin(L, &writer.names);
  lua_pushvalue(L, index);
  write_value(&writer, NULL);
  lua_pushlstring(L, writer.text.bytes, writer.text.used);
  lua_replace(L, writer.text.slot);
  lua_settop(L, writer.text.slot);
}
