// What the files of the bridge share. Functions that may raise say so.
#ifndef BRIDGE_INTERNAL_H
#define BRIDGE_INTERNAL_H
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <stdatomic.h>

#include "CLuaBridge.h"

typedef struct {
  char *bytes;
  size_t length, capacity;
  bool failed;  // memory ran out
} byte_buffer;

typedef struct {
  byte_buffer program;
  uint64_t *handles;  // of objects in the program, in order
  size_t handle_count, handle_capacity;
  size_t handles_taken;  // by a userdata
} outbox;

struct bridge {
  lua_State *L;
  bridge_host host;
  void *context;  // of the host's functions
  size_t memory_used, memory_limit;
  _Atomic(lua_State *) running;  // the thread that executes now, for the signal handler
  atomic_int stop;               // a stop was asked for
  bool unwinding;                // `<close>` variables run on account of a stop
  double time_limit;             // of this thread's clock; 0 for none. Nothing waits while it holds
  bool exceeded;                 // it has passed
  uint64_t current_task, main_task, last_task;
  const void *classes[BRIDGE_CLASS_LIMIT];  // their metatables, anchored in the registry
  int32_t class_count, secret_class;
  outbox out;
  byte_buffer failure;
};

typedef struct {
  uint64_t handle;
} object_box;

/// What a protected function gets: it reads and writes these through a light userdata.
typedef struct {
  bridge *bridge;
  const char *text, *name, *table;
  size_t length;
  void *binding;
  int32_t number, index;
  lua_State *thread;
  uint64_t *task;
} guard_arguments;

static inline bridge *bridge_of(lua_State *L) { return *(bridge **)lua_getextraspace(L); }

/// Seconds that this thread has computed: a busy machine makes no code too slow.
double seconds_used(void);
void *bridge_allocate(void *context, void *pointer, size_t old_size, size_t new_size);
bridge_status guard(bridge *b, lua_CFunction function, guard_arguments *arguments);
void keep_failure(bridge *b, lua_State *L, int status);
bool buffer_set(byte_buffer *buffer, const char *bytes, size_t length);
char *buffer_room(byte_buffer *buffer, size_t length);

/// Pushes the outbox's values and returns their number, or raises its error. Raises.
int deliver(lua_State *L, bridge *b, int32_t result);
/// Pushes a userdata of the class with no handle yet. Raises.
object_box *push_object(lua_State *L, int32_t class_number);
/// Pushes a secret userdata. Raises.
void push_secret(lua_State *L, const char *bytes, size_t length);
bool is_secret(lua_State *L, int index);
/// The class of one of our userdata, -1 for anything else.
int32_t class_at(lua_State *L, int32_t index);
int call_binding(lua_State *L);
void arm_stop(lua_State *L);
/// Notes that `L` runs from now on, NULL for none, and arms it when a stop has come meanwhile. Returns who ran before.
lua_State *set_running(bridge *b, lua_State *L);

/// A yield that waits for an operation carries this mark and the operation's number.
extern const char wait_mark;
int yield_wait(lua_State *L, uint64_t operation, lua_KContext context, lua_KFunction resume);
bool is_wait(lua_State *co, int results, uint64_t *operation);
/// Closes a suspended thread and the coroutines in which it waits, innermost first.
void close_thread(bridge *b, lua_State *co);
/// Notes that `L` waits inside its coroutine `co`; NULL: no longer. Raises.
void note_inner(lua_State *L, lua_State *co);

/// Joins the upvalues of the function on top with the prompt's locals of these names; the one called `keeper` becomes the
/// function that keeps new ones. Raises.
void join_locals(lua_State *L, const char *keeper);
/// Pushes the value of the prompt's local of this name, when there is one. Raises.
bool push_local(lua_State *L, const char *name, size_t length);
/// Pushes the table whose keys are the names of the prompt's locals. Raises.
void push_local_names(lua_State *L);
void open_coroutine(lua_State *L);  // raises
void open_json(lua_State *L);       // raises
void open_errors(lua_State *L);     // raises
void set_error_metatable(lua_State *L);
void push_position(lua_State *L);

extern char tasks_key, inner_key, error_key, class_keys[BRIDGE_CLASS_LIMIT];
#endif
