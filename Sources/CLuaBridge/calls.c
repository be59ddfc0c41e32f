// Lua calls Swift, and Swift's objects in Lua.
#include <stdlib.h>
#include <string.h>

#include "internal.h"

char class_keys[BRIDGE_CLASS_LIMIT];
const char wait_mark = 0;

int yield_wait(lua_State *L, uint64_t operation, lua_KContext context, lua_KFunction resume) {
  lua_pushlightuserdata(L, (void *)&wait_mark);
  lua_pushinteger(L, (lua_Integer)operation);
  return lua_yieldk(L, 2, context, resume);
}

bool is_wait(lua_State *co, int results, uint64_t *operation) {
  if (results != 2 || lua_touserdata(co, -2) != (void *)&wait_mark) return false;
  *operation = (uint64_t)lua_tointeger(co, -1);
  return true;
}

/// Only the main task may run the loop from inside a C call: another would hold up whoever waits below it.
static bool may_wait_in_place(bridge *b) {
  return !b->unwinding && b->current_task && b->current_task == b->main_task;
}

static int finish_wait(lua_State *L, int status, lua_KContext operation) {
  (void)status;
  bridge *b = bridge_of(L);
  bridge_call call = {L, 0, false, (uint64_t)operation};
  bridge_out_reset(b);
  return deliver(L, b, b->host.finish(b->context, &call));
}

static int wait_for(lua_State *L, bridge *b, uint64_t operation) {
  if (lua_isyieldable(L)) return yield_wait(L, operation, (lua_KContext)operation, finish_wait);
  if (!may_wait_in_place(b)) {
    b->host.abandon(b->context, operation);
    return luaL_error(
        L, "cannot wait here: this task is inside a function that cannot be suspended "
           "(table.sort, string.gsub, __gc); wait before calling it");
  }
  if (!b->host.wait_in_place(b->context, operation)) {
    b->host.abandon(b->context, operation);
    return luaL_error(L, "interrupted");
  }
  return finish_wait(L, LUA_OK, (lua_KContext)operation);
}

/// A finalizer can run at any allocation, in the middle of another call's results too: it gets an outbox of its own.
static int call_aside(lua_State *L, bridge *b) {
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_pushcclosure(L, call_binding, 1);
  lua_insert(L, 1);
  outbox outer = b->out;
  b->out = (outbox){0};
  int status = lua_pcall(L, lua_gettop(L) - 1, LUA_MULTRET, 0);
  bridge_out_reset(b);
  free(b->out.program.bytes);
  free(b->out.handles);
  b->out = outer;
  return status == LUA_OK ? lua_gettop(L) : lua_error(L);
}

/// Lua refuses every question about its collector there.
static bool is_in_finalizer(lua_State *L) { return lua_gc(L, LUA_GCISRUNNING) < 0; }

int call_binding(lua_State *L) {
  bridge *b = bridge_of(L);
  bool can_wait = b->time_limit == 0 && (lua_isyieldable(L) || may_wait_in_place(b));
  bridge_call call = {L, lua_gettop(L), can_wait, 0};
  if (b->out.program.length | b->out.handle_count) {
    if (is_in_finalizer(L)) return call_aside(L, b);
    bridge_out_reset(b);
  }
  int32_t result = b->host.call(b->context, lua_touserdata(L, lua_upvalueindex(1)), &call);
  if (result == 0) return 0;
  return result == BRIDGE_WAIT ? wait_for(L, b, call.operation) : deliver(L, b, result);
}

// MARK: objects

object_box *push_object(lua_State *L, int32_t class_number) {
  object_box *box = lua_newuserdatauv(L, sizeof *box, 0);
  box->handle = 0;
  lua_rawgetp(L, LUA_REGISTRYINDEX, &class_keys[class_number]);
  lua_setmetatable(L, -2);
  return box;
}

void push_secret(lua_State *L, const char *bytes, size_t length) {
  bridge *b = bridge_of(L);
  object_box *box = push_object(L, b->secret_class);
  box->handle = b->host.keep_secret(b->context, bytes, length);
}

int32_t class_at(lua_State *L, int32_t index) {
  if (lua_type(L, index) != LUA_TUSERDATA || !lua_checkstack(L, 1) || !lua_getmetatable(L, index)) return -1;
  const bridge *b = bridge_of(L);
  const void *metatable = lua_topointer(L, -1);
  lua_pop(L, 1);
  for (int32_t i = 0; i < b->class_count; i++)
    if (b->classes[i] == metatable) return i;
  return -1;
}

uint64_t bridge_handle_at(lua_State *L, int32_t index) {
  return class_at(L, index) >= 0 ? ((object_box *)lua_touserdata(L, index))->handle : 0;
}

bool is_secret(lua_State *L, int index) {
  int32_t class_number = bridge_of(L)->secret_class;
  return class_number >= 0 && class_at(L, index) == class_number && bridge_handle_at(L, index) != 0;
}

void bridge_set_secret_class(bridge *b, int32_t class_number) { b->secret_class = class_number; }

static int release_object(lua_State *L) {
  object_box *box = lua_touserdata(L, 1);
  if (box && box->handle) {
    uint64_t handle = box->handle;
    box->handle = 0;
    bridge *b = bridge_of(L);
    b->host.release(b->context, handle);
  }
  return 0;
}

// MARK: registering

/// Pushes the table at a dotted path below the globals, made when missing. Raises.
static void push_table(lua_State *L, const char *path) {
  lua_pushglobaltable(L);
  while (path && *path) {
    const char *dot = strchr(path, '.');
    size_t length = dot ? (size_t)(dot - path) : strlen(path);
    lua_pushlstring(L, path, length);
    if (lua_rawget(L, -2) != LUA_TTABLE) {
      lua_pop(L, 1);
      lua_newtable(L);
      lua_pushlstring(L, path, length);
      lua_pushvalue(L, -2);
      lua_rawset(L, -4);
    }
    lua_remove(L, -2);
    path = dot ? dot + 1 : NULL;
  }
}

static void push_binding(lua_State *L, void *binding) {
  lua_pushlightuserdata(L, binding);
  lua_pushcclosure(L, call_binding, 1);
}

static int register_function(lua_State *L) {
  guard_arguments *a = lua_touserdata(L, 1);
  push_table(L, a->table);
  push_binding(L, a->binding);
  lua_setfield(L, -2, a->name);
  return 0;
}
bridge_status bridge_register(bridge *b, const char *table, const char *name, void *binding) {
  return guard(b, register_function, &(guard_arguments){.table = table, .name = name, .binding = binding});
}

/// `object.name`: a method, else a property, else an error that names what is missing.
static int index_object(lua_State *L) {
  lua_pushvalue(L, 2);
  if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) return 1;
  lua_pushvalue(L, 2);
  if (lua_rawget(L, lua_upvalueindex(2)) == LUA_TNIL) return 1;
  lua_pushvalue(L, 1);
  lua_call(L, 1, 1);
  return 1;
}

static int register_class(lua_State *L) {
  guard_arguments *a = lua_touserdata(L, 1);
  lua_createtable(L, 0, 8);
  lua_pushstring(L, a->name);
  lua_setfield(L, -2, "__name");
  lua_pushcfunction(L, release_object);
  lua_setfield(L, -2, "__gc");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_newtable(L);
  lua_newtable(L);
  lua_pushvalue(L, -2);
  lua_setfield(L, -4, "methods");
  lua_pushvalue(L, -1);
  lua_setfield(L, -4, "properties");
  lua_pushcclosure(L, index_object, 2);
  lua_setfield(L, -2, "__index");
  const void *metatable = lua_topointer(L, -1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &class_keys[a->number]);
  a->bridge->classes[a->number] = metatable;
  if (a->bridge->class_count <= a->number) a->bridge->class_count = a->number + 1;
  return 0;
}
bridge_status bridge_register_class(bridge *b, int32_t class_number, const char *name) {
  return guard(b, register_class, &(guard_arguments){.number = class_number, .name = name});
}

static int register_member(lua_State *L) {
  guard_arguments *a = lua_touserdata(L, 1);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &class_keys[a->number]);
  if (a->table) lua_getfield(L, -1, a->table);
  push_binding(L, a->binding);
  lua_setfield(L, -2, a->name);
  return 0;
}
bridge_status bridge_register_method(bridge *b, int32_t class_number, const char *name, void *binding) {
  const char *table = strncmp(name, "__", 2) == 0 ? NULL : "methods";
  return guard(
      b, register_member, &(guard_arguments){.number = class_number, .name = name, .table = table, .binding = binding});
}
bridge_status bridge_register_property(bridge *b, int32_t class_number, const char *name, void *binding) {
  return guard(
      b, register_member,
      &(guard_arguments){.number = class_number, .name = name, .table = "properties", .binding = binding});
}

static int set_global(lua_State *L) {
  guard_arguments *a = lua_touserdata(L, 1);
  const char *dot = strrchr(a->name, '.');
  if (dot) lua_pushlstring(L, a->name, (size_t)(dot - a->name));
  else lua_pushliteral(L, "");
  push_table(L, lua_tostring(L, -1));
  if (deliver(L, a->bridge, 1) > 0) lua_setfield(L, 3, dot ? dot + 1 : a->name);
  return 0;
}
bridge_status bridge_set_global(bridge *b, const char *path) {
  bridge_status status = guard(b, set_global, &(guard_arguments){.name = path});
  bridge_out_reset(b);
  return status;
}
