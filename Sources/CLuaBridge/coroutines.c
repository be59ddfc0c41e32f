// coroutine.resume, wrap, yield and close that know of waits and stops: a wait inside a user's generator passes outwards to
// the task, so a generator may call anything; a stop passes outwards too and closes each coroutine on its way.
#include "internal.h"

static int step(lua_State *L, lua_State *co, int arguments, bool is_wrap);

void note_inner(lua_State *L, lua_State *co) {
  lua_rawgetp(L, LUA_REGISTRYINDEX, &inner_key);
  lua_pushthread(L);
  if (co) {
    lua_pushthread(co);
    lua_xmove(co, L, 1);
  } else {
    lua_pushnil(L);
  }
  lua_rawset(L, -3);
  lua_pop(L, 1);
}

static lua_State *inner_of(lua_State *L) {
  if (!lua_checkstack(L, 3)) return NULL;
  lua_rawgetp(L, LUA_REGISTRYINDEX, &inner_key);
  lua_pushthread(L);
  lua_rawget(L, -2);
  lua_State *inner = lua_tothread(L, -1);
  lua_pop(L, 2);
  return inner;
}

void close_thread(bridge *b, lua_State *co) {
  lua_State *inner = inner_of(co);
  if (inner) close_thread(b, inner);
  bool was_unwinding = b->unwinding;
  b->unwinding = true;
  lua_State *before = set_running(b, co);
  lua_sethook(co, NULL, 0, 0);
  lua_resetthread(co);
  b->unwinding = was_unwinding;
  set_running(b, before);
}

/// What a waiting coroutine yielded stays on its stack until it goes on: by that it is known that nobody else may resume
/// it, who would take away the operation for which its resumer waits.
static bool is_waiting(lua_State *co) {
  uint64_t operation;
  return lua_status(co) == LUA_YIELD && lua_gettop(co) >= 2 && is_wait(co, 2, &operation);
}

static int resume_after_wait(lua_State *L, int status, lua_KContext is_wrap) {
  (void)status;
  note_inner(L, NULL);
  lua_State *co = lua_tothread(L, is_wrap ? lua_upvalueindex(1) : 1);
  lua_pop(co, 2);
  return step(L, co, 0, is_wrap);
}

static int pass_stop(lua_State *L, bridge *b, lua_State *co) {
  close_thread(b, co);
  if (lua_isyieldable(L)) return lua_yield(L, 0);
  return luaL_error(L, "interrupted");
}

/// Waits on behalf of `co`. Returns whether the caller goes on resuming it; yields or raises otherwise.
static void wait_in_place(lua_State *L, bridge *b, lua_State *co, uint64_t operation) {
  if (b->current_task != b->main_task || b->unwinding) {
    close_thread(b, co);
    b->host.abandon(b->context, operation);
    luaL_error(L, "cannot wait here: a function below cannot be suspended");
  }
  if (!b->host.wait_in_place(b->context, operation)) {
    close_thread(b, co);
    b->host.abandon(b->context, operation);
    luaL_error(L, "interrupted");
  }
}

static int give_results(lua_State *L, lua_State *co, int results, bool is_wrap) {
  if (!lua_checkstack(L, results + 1)) {
    lua_pop(co, results);
    return luaL_error(L, "too many results to resume");
  }
  if (!is_wrap) lua_pushboolean(L, 1);
  lua_xmove(co, L, results);
  return results + !is_wrap;
}

/// A failed `wrap` raises the error with a position in front, as Lua's own does; `resume` returns it.
static int give_error(lua_State *L, lua_State *co, bool is_wrap) {
  if (!is_wrap) {
    lua_pushboolean(L, 0);
    lua_xmove(co, L, 1);
    return 2;
  }
  // An error status: it has died, else it was refused and goes on living.
  if (lua_status(co) > LUA_YIELD) {
    bridge *b = bridge_of(L);
    set_running(b, co);
    lua_resetthread(co);  // closes its variables; the error stays on top
    set_running(b, L);
  }
  lua_xmove(co, L, 1);
  if (lua_type(L, -1) == LUA_TSTRING) {
    luaL_where(L, 1);
    lua_insert(L, -2);
    lua_concat(L, 2);
  }
  return lua_error(L);
}

static int step(lua_State *L, lua_State *co, int arguments, bool is_wrap) {
  bridge *b = bridge_of(L);
  for (;;) {
    int results = 0;
    uint64_t operation;
    set_running(b, co);
    int status = lua_resume(co, L, arguments, &results);
    set_running(b, L);
    if (b->stop && !b->unwinding && status == LUA_YIELD && results == 0) return pass_stop(L, b, co);
    if (status == LUA_YIELD && is_wait(co, results, &operation)) {
      arguments = 0;
      if (lua_isyieldable(L)) {
        note_inner(L, co);
        return yield_wait(L, operation, is_wrap, resume_after_wait);
      }
      wait_in_place(L, b, co, operation);
      lua_pop(co, results);
      continue;
    }
    if (status == LUA_OK || status == LUA_YIELD) return give_results(L, co, results, is_wrap);
    return give_error(L, co, is_wrap);
  }
}

/// Why `co` cannot be resumed from `L`; NULL when it can.
static const char *obstacle(lua_State *L, lua_State *co) {
  lua_Debug info;
  int status = lua_status(co);
  if (co == L || is_waiting(co)) return "cannot resume non-suspended coroutine";
  if (status == LUA_YIELD) return NULL;
  if (status != LUA_OK) return "cannot resume dead coroutine";
  if (lua_getstack(co, 0, &info)) return "cannot resume non-suspended coroutine";
  return lua_gettop(co) == 0 ? "cannot resume dead coroutine" : NULL;
}

static int coroutine_resume(lua_State *L) {
  lua_State *co = lua_tothread(L, 1);
  luaL_argexpected(L, co, 1, "coroutine");
  int arguments = lua_gettop(L) - 1;
  const char *why = obstacle(L, co);
  if (!why && !lua_checkstack(co, arguments + 2)) why = "too many arguments to resume";
  if (why) {
    lua_pushboolean(L, 0);
    lua_pushstring(L, why);
    return 2;
  }
  lua_xmove(L, co, arguments);
  return step(L, co, arguments, false);
}

static int wrapped_call(lua_State *L) {
  lua_State *co = lua_tothread(L, lua_upvalueindex(1));
  int arguments = lua_gettop(L);
  const char *why = obstacle(L, co);
  if (!why && !lua_checkstack(co, arguments + 2)) why = "too many arguments to resume";
  if (why) return luaL_error(L, "%s", why);
  lua_xmove(L, co, arguments);
  return step(L, co, arguments, true);
}

static int coroutine_wrap(lua_State *L) {
  luaL_checktype(L, 1, LUA_TFUNCTION);
  lua_State *co = lua_newthread(L);
  lua_pushvalue(L, 1);
  lua_xmove(L, co, 1);
  lua_pushcclosure(L, wrapped_call, 1);
  return 1;
}

/// A task's own thread is no coroutine of the user's: what it yields would end the task, past every pcall.
static int coroutine_yield(lua_State *L) {
  bridge *b = bridge_of(L);
  if (L != bridge_task_thread(b, b->current_task)) return lua_yield(L, lua_gettop(L));
  lua_pushliteral(L, "attempt to yield from outside a coroutine");
  return lua_error(L);
}

/// Lua's own close, with the coroutine as the running thread: its `<close>` handlers can be stopped.
static int coroutine_close(lua_State *L) {
  bridge *b = bridge_of(L);
  lua_State *co = lua_tothread(L, 1);
  if (co && is_waiting(co)) return luaL_error(L, "cannot close a waiting coroutine");
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  if (co && co != L) set_running(b, co);
  int status = lua_pcall(L, lua_gettop(L) - 1, LUA_MULTRET, 0);
  set_running(b, L);
  if (co && co != L) lua_sethook(co, NULL, 0, 0);
  return status == LUA_OK ? lua_gettop(L) : lua_error(L);
}

void open_coroutine(lua_State *L) {
  lua_getglobal(L, "coroutine");
  lua_pushcfunction(L, coroutine_resume);
  lua_setfield(L, -2, "resume");
  lua_pushcfunction(L, coroutine_wrap);
  lua_setfield(L, -2, "wrap");
  lua_pushcfunction(L, coroutine_yield);
  lua_setfield(L, -2, "yield");
  lua_getfield(L, -1, "close");
  lua_pushcclosure(L, coroutine_close, 1);
  lua_setfield(L, -2, "close");
  lua_pop(L, 1);
}
