// Data files: a chunk that runs in a state of its own with nothing around it.
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "internal.h"

struct bridge_data {
  lua_State *L;
  size_t memory_used, memory_limit;
  double deadline;
  byte_buffer failure;
};

double seconds_used(void) {
  struct timespec now = {0};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/// Wipes what it gives back, since a data file may hold passwords.
static void *allocate(void *context, void *pointer, size_t old_size, size_t new_size) {
  bridge_data *data = context;
  if (pointer == NULL) old_size = 0;  // Lua passes a type here, not a size
  size_t used = data->memory_used - old_size + new_size;
  if (new_size > old_size && used > data->memory_limit) return NULL;
  char *moved = new_size ? malloc(new_size) : NULL;
  // A shrink must not fail.
  if (new_size && !moved) return new_size <= old_size ? pointer : NULL;
  if (pointer) {
    if (moved) memcpy(moved, pointer, old_size < new_size ? old_size : new_size);
    explicit_bzero(pointer, old_size);
    free(pointer);
  }
  data->memory_used = used;
  return moved;
}

static void check_time(lua_State *L, lua_Debug *event) {
  (void)event;
  bridge_data *data = NULL;
  lua_getallocf(L, (void **)&data);
  if (seconds_used() > data->deadline) luaL_error(L, "it runs too long: write down the data itself");
}

/// What is no keyword and stands without quotes: most likely a text whose quotes were forgotten, such as a password, so
/// the message does not repeat it.
static int refuse_name(lua_State *L) {
  return luaL_error(L, "a word stands without quotes, and there are no variables: write \"word\"");
}

/// The only table with a metatable, which nothing in a chunk can reach.
static void push_environment(lua_State *L) {
  lua_newtable(L);
  lua_createtable(L, 0, 2);
  lua_pushcfunction(L, refuse_name);
  lua_setfield(L, -2, "__index");
  lua_pushcfunction(L, refuse_name);
  lua_setfield(L, -2, "__newindex");
  lua_setmetatable(L, -2);
}

static int run_chunk(lua_State *L) {
  guard_arguments *a = lua_touserdata(L, 1);
  if (luaL_loadbufferx(L, a->text, a->length, a->name, "t") != LUA_OK) return lua_error(L);
  push_environment(L);
  lua_setupvalue(L, -2, 1);
  lua_sethook(L, check_time, LUA_MASKCOUNT, 1000);
  lua_call(L, 0, 1);
  return 1;
}

bridge_data *bridge_data_new(size_t memory_limit, double seconds) {
  bridge_data *data = calloc(1, sizeof *data);
  if (!data) return NULL;
  data->memory_limit = memory_limit;
  data->deadline = seconds_used() + seconds;
  data->L = lua_newstate(allocate, data);
  if (data->L) return data;
  free(data);
  return NULL;
}

bridge_status bridge_data_run(bridge_data *data, const char *code, size_t length, const char *chunk_name) {
  lua_State *L = data->L;
  guard_arguments arguments = {.text = code, .length = length, .name = chunk_name};
  lua_pushcfunction(L, run_chunk);
  lua_pushlightuserdata(L, &arguments);
  int status = lua_pcall(L, 1, 1, 0);
  lua_sethook(L, NULL, 0, 0);
  if (status == LUA_OK) return BRIDGE_OK;
  size_t text_length = 0;
  const char *text = lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, &text_length) : "";
  buffer_set(&data->failure, text, text_length);
  return status == LUA_ERRMEM ? BRIDGE_MEMORY : BRIDGE_FAILED;
}

lua_State *bridge_data_thread(bridge_data *data) { return data->L; }

const char *bridge_data_failure(const bridge_data *data, size_t *length) {
  *length = data->failure.length;
  return data->failure.bytes ? data->failure.bytes : "";
}

void bridge_data_close(bridge_data *data) {
  lua_close(data->L);
  free(data->failure.bytes);
  free(data);
}
