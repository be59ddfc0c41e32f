// A state's life, its memory limit, and protected calls.
#include <stdlib.h>
#include <string.h>

#include "internal.h"

char tasks_key, inner_key;

void *bridge_allocate(void *context, void *pointer, size_t old_size, size_t new_size) {
  bridge *b = context;
  if (pointer == NULL) old_size = 0;  // Lua passes a type here, not a size
  if (new_size == 0) {
    free(pointer);
    b->memory_used -= old_size;
    return NULL;
  }
  // A shrink must not fail.
  if (new_size > old_size && b->memory_limit && b->memory_used + (new_size - old_size) > b->memory_limit) return NULL;
  void *moved = realloc(pointer, new_size);
  if (!moved) return new_size <= old_size ? pointer : NULL;
  b->memory_used += new_size - old_size;
  return moved;
}

char *buffer_room(byte_buffer *buffer, size_t length) {
  if (buffer->failed) return NULL;
  if (buffer->capacity - buffer->length < length) {
    size_t capacity = buffer->capacity ? buffer->capacity : 256;
    while (capacity - buffer->length < length) capacity *= 2;
    char *moved = realloc(buffer->bytes, capacity);
    if (!moved) {
      buffer->failed = true;
      return NULL;
    }
    buffer->bytes = moved;
    buffer->capacity = capacity;
  }
  char *room = buffer->bytes + buffer->length;
  buffer->length += length;
  return room;
}

bool buffer_set(byte_buffer *buffer, const char *bytes, size_t length) {
  buffer->length = 0;
  buffer->failed = false;
  char *room = buffer_room(buffer, length + 1);
  if (!room) return false;
  memcpy(room, bytes, length);
  room[length] = 0;
  buffer->length = length;
  return true;
}

/// Keeps the message on top of the stack outside of Lua; other values than strings have none here.
void keep_failure(bridge *b, lua_State *L, int status) {
  size_t length = 0;
  const char *text = lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, &length) : NULL;
  if (!text) {
    text = status == LUA_ERRMEM ? "not enough memory" : "(the error is not a string)";
    length = strlen(text);
  }
  buffer_set(&b->failure, text, length);
}

static int failure_text(lua_State *L) {
  luaL_tolstring(L, 1, NULL);
  return 1;
}

bridge_status guard(bridge *b, lua_CFunction function, guard_arguments *arguments) {
  lua_State *L = b->L;
  int top = lua_gettop(L);
  if (!lua_checkstack(L, 4)) return BRIDGE_MEMORY;
  arguments->bridge = b;
  lua_pushcfunction(L, failure_text);
  lua_pushcfunction(L, function);
  lua_pushlightuserdata(L, arguments);
  lua_State *before = set_running(b, L);
  int status = lua_pcall(L, 1, 0, top + 1);
  set_running(b, before);
  if (status != LUA_OK) keep_failure(b, L, status);
  lua_settop(L, top);
  if (!before) lua_sethook(L, NULL, 0, 0);
  if (status == LUA_OK) return BRIDGE_OK;
  return status == LUA_ERRMEM ? BRIDGE_MEMORY : status == LUA_ERRSYNTAX ? BRIDGE_SYNTAX : BRIDGE_FAILED;
}

const char *bridge_failure(const bridge *b, size_t *length) {
  *length = b->failure.length;
  return b->failure.bytes ? b->failure.bytes : "";
}

static int open_libraries(lua_State *L) {
  lua_newtable(L);
  lua_pushboolean(L, 0);
  lua_rawseti(L, -2, 0);  // the kept results, see bridge_keep_results
  lua_rawsetp(L, LUA_REGISTRYINDEX, &tasks_key);
  lua_newtable(L);
  lua_createtable(L, 0, 1);
  lua_pushliteral(L, "k");
  lua_setfield(L, -2, "__mode");
  lua_setmetatable(L, -2);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &inner_key);
  luaL_openlibs(L);
  open_coroutine(L);
  open_errors(L);
  open_json(L);
  return 0;
}

bridge *bridge_new(const bridge_host *host, size_t memory_limit) {
  bridge *b = calloc(1, sizeof *b);
  if (!b) return NULL;
  b->host = *host;
  b->memory_limit = memory_limit;
  b->secret_class = -1;
  b->L = lua_newstate(bridge_allocate, b);
  if (!b->L) {
    free(b);
    return NULL;
  }
  *(bridge **)lua_getextraspace(b->L) = b;
  if (guard(b, open_libraries, &(guard_arguments){0}) != BRIDGE_OK) {
    bridge_close(b);
    return NULL;
  }
  return b;
}

void bridge_set_context(bridge *b, void *context) { b->context = context; }

static int32_t no_call(void *context, void *binding, bridge_call *call) {
  (void)context, (void)binding, (void)call;
  return 0;
}
static int32_t no_finish(void *context, bridge_call *call) {
  (void)context, (void)call;
  return 0;
}
static bool no_wait(void *context, uint64_t operation) {
  (void)context, (void)operation;
  return false;
}
static void no_notice(void *context, uint64_t number) { (void)context, (void)number; }
static uint64_t no_secret(void *context, const char *bytes, size_t length) {
  (void)context, (void)bytes, (void)length;
  return 0;
}
void bridge_forget_host(bridge *b) {
  b->host.call = no_call;
  b->host.finish = no_finish;
  b->host.wait_in_place = no_wait;
  b->host.abandon = b->host.release = no_notice;
  b->host.keep_secret = no_secret;
}

void bridge_close(bridge *b) {
  b->unwinding = true;
  bridge_out_reset(b);
  lua_close(b->L);
  bridge_out_reset(b);
  free(b->out.program.bytes);
  free(b->out.handles);
  free(b->failure.bytes);
  free(b);
}
