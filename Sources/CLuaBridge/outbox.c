// The outbox: what Swift hands to Lua, as a small program of bytes. Swift fills it while no Lua error can happen; it is
// replayed, and may raise, once no Swift frame is left on the C stack.
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "json.h"

enum { OP_NIL, OP_NULL, OP_FALSE, OP_TRUE, OP_INTEGER, OP_NUMBER, OP_STRING, OP_TABLE, OP_ARRAY, OP_KEY, OP_END, OP_OBJECT, OP_JSON };

static void put(bridge *b, char op) {
  char *room = buffer_room(&b->out.program, 1);
  if (room) *room = op;
}
static void put_word(bridge *b, char op, const void *word) {
  char *room = buffer_room(&b->out.program, 9);
  if (!room) return;
  room[0] = op;
  memcpy(room + 1, word, 8);
}
static void put_bytes(bridge *b, char op, const char *bytes, size_t length) {
  char *room = buffer_room(&b->out.program, 9 + length);
  if (!room) return;
  room[0] = op;
  memcpy(room + 1, &length, 8);
  if (length) memcpy(room + 9, bytes, length);
}

void bridge_out_nil(bridge *b) { put(b, OP_NIL); }
void bridge_out_null(bridge *b) { put(b, OP_NULL); }
void bridge_out_boolean(bridge *b, bool value) { put(b, value ? OP_TRUE : OP_FALSE); }
void bridge_out_integer(bridge *b, int64_t value) { put_word(b, OP_INTEGER, &value); }
void bridge_out_number(bridge *b, double value) { put_word(b, OP_NUMBER, &value); }
void bridge_out_string(bridge *b, const char *bytes, size_t length) { put_bytes(b, OP_STRING, bytes, length); }
void bridge_out_key(bridge *b, const char *name, size_t length) { put_bytes(b, OP_KEY, name, length); }
void bridge_out_end(bridge *b) { put(b, OP_END); }
void bridge_out_table(bridge *b, int32_t elements, int32_t fields) {
  int32_t sizes[2] = {elements, fields};
  put_word(b, OP_TABLE, sizes);
}
void bridge_out_array(bridge *b, int32_t elements) {
  int32_t sizes[2] = {elements, 0};
  put_word(b, OP_ARRAY, sizes);
}
void bridge_out_json(
    bridge *b, const char *text, size_t length, const char *const *secret_paths, const char *source,
    size_t source_length) {
  put_bytes(b, OP_JSON, text, length);
  put_word(b, OP_NIL, &secret_paths);
  put_bytes(b, OP_NIL, source, source_length);
}
void bridge_out_object(bridge *b, int32_t class_number, uint64_t handle) {
  outbox *out = &b->out;
  if (out->handle_count == out->handle_capacity) {
    size_t capacity = out->handle_capacity ? out->handle_capacity * 2 : 8;
    uint64_t *moved = realloc(out->handles, capacity * sizeof *moved);
    if (!moved) {
      out->program.failed = true;
      b->host.release(b->context, handle);
      return;
    }
    out->handles = moved;
    out->handle_capacity = capacity;
  }
  out->handles[out->handle_count++] = handle;
  int64_t word = class_number;
  put_word(b, OP_OBJECT, &word);
}

/// Objects that no userdata took over are released here, so an error in the middle of a replay leaks nothing.
void bridge_out_reset(bridge *b) {
  outbox *out = &b->out;
  size_t count = out->handle_count, first = out->handles_taken;
  out->program.length = 0;
  out->program.failed = false;
  out->handle_count = out->handles_taken = 0;
  for (size_t i = first; i < count; i++) b->host.release(b->context, out->handles[i]);
}

static size_t size_at(const char *p) {
  size_t size;
  memcpy(&size, p, sizeof size);
  return size;
}

static const char *replay(lua_State *L, bridge *b, const char *p);

static const char *replay_table(lua_State *L, bridge *b, const char *p, bool is_array) {
  int32_t sizes[2];
  memcpy(sizes, p, 8);
  p += 8;
  luaL_checkstack(L, 5, "a result is nested too deep");
  lua_createtable(L, sizes[0], sizes[1]);
  if (is_array) {
    json_push_array_metatable(L);
    lua_setmetatable(L, -2);
  }
  lua_Integer count = 0;
  while (*p != OP_END) {
    if (*p == OP_KEY) {
      size_t length = size_at(p + 1);
      lua_pushlstring(L, p + 9, length);
      p = replay(L, b, p + 9 + length);
      lua_rawset(L, -3);
    } else {
      p = replay(L, b, p);
      lua_rawseti(L, -2, ++count);
    }
  }
  return p + 1;
}

typedef struct {
  const char *text;
  size_t length;
  const char *const *secret_paths;
} json_source;

static int decode_json(lua_State *L) {
  json_source *json = lua_touserdata(L, 1);
  json_decode_options options = {.secret_paths = json->secret_paths, .push_secret = push_secret};
  json_decode(L, json->text, json->length, &options);
  return 1;
}

/// Turns the decoder's message on top of the stack into an error object.
static int raise_bad_json(lua_State *L, const char *source, size_t length) {
  if (lua_type(L, -1) != LUA_TSTRING) return lua_error(L);
  lua_createtable(L, 0, 4);
  lua_pushliteral(L, "server.bad_response");
  lua_setfield(L, -2, "code");
  lua_pushlstring(L, source, length);
  lua_pushvalue(L, -1);
  lua_setfield(L, -3, "request");
  lua_pushliteral(L, " answered with text that is no JSON: ");
  lua_pushvalue(L, -4);
  lua_concat(L, 3);
  lua_setfield(L, -2, "message");
  set_error_metatable(L);
  return lua_error(L);
}

/// The program goes on with the secret paths (a word) and the source (bytes).
static const char *replay_json(lua_State *L, const char *p) {
  json_source json = {.text = p + 8, .length = size_at(p)};
  const char *paths = json.text + json.length + 1;
  memcpy(&json.secret_paths, paths, sizeof json.secret_paths);
  const char *source = paths + sizeof json.secret_paths + 1;
  luaL_checkstack(L, 8, "a result is nested too deep");
  lua_pushcfunction(L, decode_json);
  lua_pushlightuserdata(L, &json);
  int status = lua_pcall(L, 1, 1, 0);
  if (status == LUA_ERRMEM) lua_error(L);
  if (status != LUA_OK) raise_bad_json(L, source + 8, size_at(source));
  return source + 8 + size_at(source);
}

static const char *replay_object(lua_State *L, bridge *b, const char *p) {
  int64_t class_number;
  memcpy(&class_number, p, 8);
  object_box *box = push_object(L, (int32_t)class_number);  // may raise: the handle is still the outbox's
  box->handle = b->out.handles[b->out.handles_taken++];
  return p + 8;
}

static const char *replay_number(lua_State *L, const char *p, bool is_integer) {
  int64_t integer;
  double number;
  memcpy(&integer, p, 8);
  memcpy(&number, p, 8);
  if (is_integer) lua_pushinteger(L, integer);
  else lua_pushnumber(L, number);
  return p + 8;
}

static const char *replay(lua_State *L, bridge *b, const char *p) {
  switch (*p++) {
    case OP_NIL: lua_pushnil(L); return p;
    case OP_NULL: lua_pushlightuserdata(L, NULL); return p;
    case OP_FALSE: lua_pushboolean(L, 0); return p;
    case OP_TRUE: lua_pushboolean(L, 1); return p;
    case OP_INTEGER: return replay_number(L, p, true);
    case OP_NUMBER: return replay_number(L, p, false);
    case OP_STRING: lua_pushlstring(L, p + 8, size_at(p)); return p + 8 + size_at(p);
    case OP_TABLE: return replay_table(L, b, p, false);
    case OP_ARRAY: return replay_table(L, b, p, true);
    case OP_OBJECT: return replay_object(L, b, p);
    default: return replay_json(L, p);
  }
}

int deliver(lua_State *L, bridge *b, int32_t result) {
  outbox *out = &b->out;
  if (out->program.failed) {
    bridge_out_reset(b);
    return luaL_error(L, "not enough memory");
  }
  const char *p = out->program.bytes, *end = p + out->program.length;
  int count = 0;
  if (result > LUA_MINSTACK / 2) luaL_checkstack(L, result, "too many results");
  for (; p < end; count++) p = replay(L, b, p);
  out->program.length = out->handle_count = out->handles_taken = 0;
  if (result != BRIDGE_RAISE) return count;
  set_error_metatable(L);
  return lua_error(L);
}
