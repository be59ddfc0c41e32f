// What a value has below it, for completion: found raw, so that no code of the user runs.
#include "internal.h"

/// How many tables an `__index` may lead through: they can form a circle.
enum { INDEX_LIMIT = 100 };

typedef struct {
  guard_arguments guard;
  const bridge_step *steps;
  size_t count;
  int32_t left;  // how many more pairs are looked at
  bridge_member_visitor visit;
  void *context;
} listing;

/// Pushes a field of the metatable of the value at `index` when it is a table. Raises.
static bool push_meta_table(lua_State *L, int index, const char *name) {
  if (!lua_getmetatable(L, index)) return false;
  lua_pushstring(L, name);
  bool found = lua_rawget(L, -2) == LUA_TTABLE;
  lua_remove(L, -2);
  if (!found) lua_pop(L, 1);
  return found;
}

/// Replaces the value on top by the table in which Lua would look next; false leaves it. Raises.
static bool follow_index(lua_State *L) {
  if (!push_meta_table(L, -1, class_at(L, -1) >= 0 ? "methods" : "__index")) return false;
  lua_remove(L, -2);
  return true;
}

static void push_key(lua_State *L, const bridge_step *step) {
  if (step->name) lua_pushlstring(L, step->name, step->length);
  else lua_pushinteger(L, step->index);
}

/// Replaces the value on top by what it has under the step; false: it has nothing there. Raises.
static bool take_step(lua_State *L, const bridge_step *step) {
  for (int hops = 0; hops < INDEX_LIMIT; hops++) {
    if (lua_type(L, -1) == LUA_TTABLE) {
      push_key(L, step);
      if (lua_rawget(L, -2) != LUA_TNIL) {
        lua_remove(L, -2);
        return true;
      }
      lua_pop(L, 1);
    }
    if (!follow_index(L)) return false;
  }
  return false;
}

/// Shows the names in the table on top. Raises.
static void visit_pairs(lua_State *L, listing *list, bool are_properties) {
  lua_pushnil(L);
  while (list->left > 0 && lua_next(L, -2)) {
    list->left--;
    if (lua_type(L, -2) == LUA_TSTRING) {
      size_t length;
      const char *name = lua_tolstring(L, -2, &length);
      bridge_type type = are_properties ? BRIDGE_TYPE_NONE : (bridge_type)lua_type(L, -1);
      list->visit(list->context, name, length, type);
    }
    lua_pop(L, 1);
  }
}

static void keep_class(lua_State *L, bridge *b) {
  buffer_set(&b->failure, "", 0);
  if (!lua_getmetatable(L, -1)) return;
  lua_pushliteral(L, "__name");
  size_t length;
  if (lua_rawget(L, -2) == LUA_TSTRING) {
    const char *name = lua_tolstring(L, -1, &length);
    buffer_set(&b->failure, name, length);
  }
  lua_pop(L, 2);
}

static int list_members(lua_State *L) {
  listing *list = lua_touserdata(L, 1);
  const bridge_step *start = list->steps;
  bool is_local = list->count > 0 && start->name && push_local(L, start->name, start->length);
  if (!is_local) lua_pushglobaltable(L);
  for (size_t i = is_local; i < list->count; i++)
    if (!take_step(L, &list->steps[i])) return 0;
  if (list->count == 0) {
    push_local_names(L);
    visit_pairs(L, list, false);
    lua_pop(L, 1);
  }
  keep_class(L, list->guard.bridge);
  if (class_at(L, -1) >= 0 && push_meta_table(L, -1, "properties")) {
    visit_pairs(L, list, true);
    lua_settop(L, -2);
  }
  for (int hops = 0; hops < INDEX_LIMIT; hops++) {
    if (lua_type(L, -1) == LUA_TTABLE) {
      visit_pairs(L, list, false);
      if (list->left <= 0) return 0;
    }
    if (!follow_index(L)) return 0;
  }
  return 0;
}

bridge_status bridge_list_members(
    bridge *b, const bridge_step *steps, size_t count, int32_t limit, bridge_member_visitor visit, void *context) {
  listing list = {.steps = steps, .count = count, .left = limit, .visit = visit, .context = context};
  buffer_set(&b->failure, "", 0);
  // A collection would run finalizers.
  bool collects = lua_gc(b->L, LUA_GCISRUNNING) == 1;
  if (collects) lua_gc(b->L, LUA_GCSTOP);
  bridge_status status = guard(b, list_members, &list.guard);
  if (collects) lua_gc(b->L, LUA_GCRESTART);
  return status;
}
