// Tasks: Lua threads anchored in the registry under a number, resumed by Swift's scheduler; and stopping them.
#include "internal.h"

static lua_State *thread_of(bridge *b, uint64_t task) {
  lua_State *L = b->L;
  if (!lua_checkstack(L, 3)) return NULL;
  lua_rawgetp(L, LUA_REGISTRYINDEX, &tasks_key);
  lua_rawgeti(L, -1, (lua_Integer)task);
  lua_State *co = lua_tothread(L, -1);
  lua_pop(L, 2);
  return co;
}

/// Anchors a new thread whose stack holds the function on top of L's. Raises.
static void anchor_task(lua_State *L, uint64_t task) {
  lua_State *co = lua_newthread(L);
  lua_insert(L, -2);
  lua_xmove(L, co, 1);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &tasks_key);
  lua_insert(L, -2);
  lua_rawseti(L, -2, (lua_Integer)task);
}

static int load_task(lua_State *L) {
  guard_arguments *a = lua_touserdata(L, 1);
  if (luaL_loadbufferx(L, a->text, a->length, a->name, "t") != LUA_OK) return lua_error(L);
  if (a->table) {
    lua_call(L, 0, 1);
    join_locals(L, a->table);
  }
  if (a->task) anchor_task(L, *a->task);
  return 0;
}

/// A syntax error arrives as a plain failure of `load_task`: nothing else in it raises a string but memory.
static bridge_status load(bridge *b, guard_arguments *arguments) {
  bridge_status status = guard(b, load_task, arguments);
  return status == BRIDGE_FAILED ? BRIDGE_SYNTAX : status;
}
bridge_status bridge_load(bridge *b, const char *code, size_t length, const char *chunk_name, uint64_t *task) {
  *task = ++b->last_task;
  return load(b, &(guard_arguments){.text = code, .length = length, .name = chunk_name, .task = task});
}
bridge_status bridge_load_statement(
    bridge *b, const char *code, size_t length, const char *chunk_name, const char *keeper, uint64_t *task) {
  *task = ++b->last_task;
  return load(
      b, &(guard_arguments){.text = code, .length = length, .name = chunk_name, .table = keeper, .task = task});
}
bridge_status bridge_check(bridge *b, const char *code, size_t length, const char *chunk_name) {
  return load(b, &(guard_arguments){.text = code, .length = length, .name = chunk_name});
}

static int push_argument(lua_State *L) {
  guard_arguments *a = lua_touserdata(L, 1);
  int count = deliver(L, a->bridge, 1);
  luaL_checkstack(a->thread, count, "too many arguments");
  lua_xmove(L, a->thread, count);
  return 0;
}
bridge_status bridge_push_argument(bridge *b, uint64_t task) {
  lua_State *co = thread_of(b, task);
  bridge_status status = co ? guard(b, push_argument, &(guard_arguments){.thread = co}) : BRIDGE_FAILED;
  bridge_out_reset(b);
  return status;
}

static int spawn_task(lua_State *L) {
  guard_arguments *a = lua_touserdata(L, 2);
  lua_settop(L, 1);
  anchor_task(L, *a->task);
  return 0;
}
bridge_status bridge_spawn(bridge *b, const bridge_call *call, int32_t index, uint64_t *task) {
  lua_State *L = call->thread;
  if (lua_type(L, index) != LUA_TFUNCTION) return BRIDGE_FAILED;
  if (!lua_checkstack(L, 4)) return BRIDGE_MEMORY;
  *task = ++b->last_task;
  guard_arguments arguments = {.bridge = b, .task = task};
  lua_pushcfunction(L, spawn_task);
  lua_pushvalue(L, index);
  lua_pushlightuserdata(L, &arguments);
  int status = lua_pcall(L, 2, 0, 0);
  if (status == LUA_OK) return BRIDGE_OK;
  lua_pop(L, 1);
  return BRIDGE_MEMORY;
}

bridge_status bridge_resume(bridge *b, uint64_t task) {
  lua_State *co = thread_of(b, task);
  if (!co) return BRIDGE_FAILED;
  lua_State *before = set_running(b, co);
  uint64_t outer_task = b->current_task;
  b->current_task = task;
  int arguments = lua_status(co) == LUA_OK ? lua_gettop(co) - 1 : 0, results = 0;
  int status = lua_resume(co, before ? before : b->L, arguments, &results);
  set_running(b, before);
  b->current_task = outer_task;
  uint64_t operation;
  if (status == LUA_YIELD && is_wait(co, results, &operation)) {
    lua_pop(co, results);
    return BRIDGE_WAITING;
  }
  if (status == LUA_OK) return BRIDGE_OK;
  if (b->stop) return BRIDGE_STOPPED;
  if (status == LUA_YIELD) {
    lua_settop(co, 0);
    lua_pushliteral(co, "attempt to yield from outside a coroutine");
  }
  return status == LUA_ERRMEM ? BRIDGE_MEMORY : BRIDGE_FAILED;
}

void bridge_drop(bridge *b, uint64_t task) {
  lua_State *co = thread_of(b, task), *L = b->L;
  lua_Debug info;
  if (!co || !lua_checkstack(L, 4)) return;
  bool is_running = lua_status(co) == LUA_OK && lua_getstack(co, 0, &info);
  if (is_running) return;
  if (lua_status(co) != LUA_OK) {
    lua_pushthread(co);  // stays anchored while its variables are closed
    lua_xmove(co, L, 1);
    close_thread(b, co);
    lua_pop(L, 1);
  }
  lua_rawgetp(L, LUA_REGISTRYINDEX, &tasks_key);
  lua_pushnil(L);
  lua_rawseti(L, -2, (lua_Integer)task);  // an existing key: allocates nothing
  lua_pop(L, 1);
}

void bridge_set_main_task(bridge *b, uint64_t task) { b->main_task = task; }
uint64_t bridge_main_task(const bridge *b) { return b->main_task; }
uint64_t bridge_current_task(const bridge *b) { return b->current_task; }
lua_State *bridge_task_thread(bridge *b, uint64_t task) { return thread_of(b, task); }
void bridge_keep_results(bridge *b, uint64_t task) {
  lua_State *co = thread_of(b, task), *L = b->L;
  if (!co || !lua_checkstack(co, 1) || !lua_checkstack(L, 2)) return;
  lua_rawgetp(L, LUA_REGISTRYINDEX, &tasks_key);
  lua_pushthread(co);
  lua_xmove(co, L, 1);
  lua_rawseti(L, -2, 0);  // no task has this number, and the slot is made with the table
  lua_pop(L, 1);
}
lua_State *bridge_kept_results(bridge *b) { return thread_of(b, 0); }
int32_t bridge_result_count(lua_State *L) { return lua_gettop(L); }

static int traceback(lua_State *L) {
  guard_arguments *a = lua_touserdata(L, 1);
  luaL_traceback(L, a->thread, NULL, 0);
  size_t length;
  const char *text = lua_tolstring(L, -1, &length);
  buffer_set(&a->bridge->failure, text, length);
  return 0;
}
const char *bridge_traceback(bridge *b, uint64_t task, size_t *length) {
  lua_State *co = thread_of(b, task);
  *length = 0;
  if (!co || guard(b, traceback, &(guard_arguments){.thread = co}) != BRIDGE_OK) return "";
  return bridge_failure(b, length);
}

// MARK: stopping

/// A stop leaves by a yield where it can: no pcall sees it, and no xpcall handler runs. Where it cannot, an error goes
/// to the nearest pcall, and the hook fires again behind it.
static void stop_hook(lua_State *L, lua_Debug *info) {
  bridge *b = bridge_of(L);
  if (!b->stop) {
    lua_sethook(L, NULL, 0, 0);
    return;
  }
  if (b->unwinding) {
    lua_sethook(L, NULL, 0, 0);
  } else if (info->event == LUA_HOOKCOUNT && lua_isyieldable(L)) {
    lua_yield(L, 0);
    return;
  }
  luaL_error(L, "interrupted");
}

void arm_stop(lua_State *L) { lua_sethook(L, stop_hook, LUA_MASKCOUNT, 1); }

/// The limit ends code as a stop does.
static void limit_hook(lua_State *L, lua_Debug *info) {
  (void)info;
  bridge *b = bridge_of(L);
  if (b->time_limit == 0) {
    lua_sethook(L, NULL, 0, 0);
  } else if (seconds_used() > b->time_limit) {
    b->exceeded = true;
    bridge_stop(b);
  }
}

lua_State *set_running(bridge *b, lua_State *L) {
  lua_State *before = atomic_exchange(&b->running, L);
  if (L && b->stop && !b->unwinding) arm_stop(L);
  else if (L && b->time_limit != 0) lua_sethook(L, limit_hook, LUA_MASKCOUNT, 1000);
  return before;
}

void bridge_begin_limit(bridge *b, double seconds) {
  b->time_limit = seconds_used() + seconds;
  b->exceeded = false;
}
bool bridge_end_limit(bridge *b) {
  b->time_limit = 0;
  if (b->exceeded) bridge_clear_stop(b);
  return b->exceeded;
}

void bridge_stop(bridge *b) {
  atomic_store(&b->stop, 1);
  lua_State *running = atomic_load(&b->running);
  if (running) arm_stop(running);
}
bool bridge_is_stopping(const bridge *b) { return atomic_load(&((bridge *)b)->stop) != 0; }
void bridge_clear_stop(bridge *b) { atomic_store(&b->stop, 0); }
