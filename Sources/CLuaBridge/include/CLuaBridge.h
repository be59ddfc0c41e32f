// The boundary between Swift and Lua. No Lua header is visible from here, so Swift cannot name lua_error,
// lua_pushstring or anything else that may longjmp.
//
// Each function is one of two kinds, and there is no third:
//   [safe]     cannot raise a Lua error.
//   [guarded]  runs what may raise under lua_pcall or lua_resume and returns a status.
//
// All functions belong to the thread that made the bridge, except where "any thread" or "signal handler" is said.
#ifndef CLUABRIDGE_H
#define CLUABRIDGE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#pragma clang assume_nonnull begin

typedef struct lua_State lua_State;
typedef struct bridge bridge;

/// The status of a guarded function, and of a task after `bridge_resume`.
typedef enum : int32_t {
  BRIDGE_OK = 0,       // done; a task has ended and its results can be read
  BRIDGE_WAITING = 1,  // the task waits for an operation
  BRIDGE_FAILED = 2,   // an error was raised; a task's error can be read
  BRIDGE_SYNTAX = 3,
  BRIDGE_MEMORY = 4,
  BRIDGE_STOPPED = 5,  // a stop was asked for
} bridge_status;

/// What a binding returns: the number of results in the outbox, or one of these.
enum {
  BRIDGE_RAISE = -1,  // the outbox holds one error value
  BRIDGE_WAIT = -2,   // suspend until the operation has ended
};

typedef enum : int32_t {
  BRIDGE_TYPE_NONE = -1,
  BRIDGE_TYPE_NIL = 0,
  BRIDGE_TYPE_BOOLEAN = 1,
  BRIDGE_TYPE_LIGHT_USERDATA = 2,
  BRIDGE_TYPE_NUMBER = 3,
  BRIDGE_TYPE_STRING = 4,
  BRIDGE_TYPE_TABLE = 5,
  BRIDGE_TYPE_FUNCTION = 6,
  BRIDGE_TYPE_USERDATA = 7,
  BRIDGE_TYPE_THREAD = 8,
} bridge_type;

/// One call from Lua into Swift.
typedef struct {
  lua_State *thread;
  int32_t count;       // of arguments, at stack indices 1...count
  bool can_wait;       // whether BRIDGE_WAIT is possible
  uint64_t operation;  // out, with BRIDGE_WAIT
} bridge_call;

/// Swift's side.
typedef struct {
  /// Lua calls a binding.
  int32_t (*call)(void *context, void *binding, bridge_call *call);
  /// The operation has ended: put its results into the outbox.
  int32_t (*finish)(void *context, bridge_call *call);
  /// The main task waits where Lua cannot yield: run the loop until the operation ends. False: stopped.
  bool (*wait_in_place)(void *context, uint64_t operation);
  /// Nobody will ask for this operation any more: cancel it.
  void (*abandon)(void *context, uint64_t operation);
  /// The userdata that held this handle is gone.
  void (*release)(void *context, uint64_t handle);
  /// Keeps the bytes of a secret and returns its handle.
  uint64_t (*keep_secret)(void *context, const char *bytes, size_t length);
} bridge_host;

// MARK: life cycle

/// A new state with the standard libraries, `json` and the wrapped `coroutine` library. NULL: not enough memory.
/// `memory_limit` is in bytes, 0 for none. [guarded]
bridge *_Nullable bridge_new(const bridge_host *host, size_t memory_limit);
/// What the host's functions get as their first argument; set before anything else is done with the bridge. [safe]
void bridge_set_context(bridge *bridge, void *context);
/// From now on nothing calls back: Swift's side is going, its handles with it. Before `bridge_close`, which still runs
/// finalizers. [safe]
void bridge_forget_host(bridge *bridge);
/// Closes the state: every `__gc` runs, every handle is released. [guarded]
void bridge_close(bridge *bridge);
/// The text of the last failure of a guarded function (not of a task). [safe]
const char *bridge_failure(const bridge *bridge, size_t *length);

// MARK: registering [guarded]

/// Sets `table.name` (a global when `table` is NULL) to a function that calls `binding`. A table `name` is made when
/// missing; dots go deeper.
bridge_status bridge_register(bridge *bridge, const char *_Nullable table, const char *name, void *binding);
/// Makes a class of userdata. `class_number` counts from 0 and is below BRIDGE_CLASS_LIMIT.
bridge_status bridge_register_class(bridge *bridge, int32_t class_number, const char *name);
/// Adds a method, or a metamethod when the name begins with `__`.
bridge_status bridge_register_method(bridge *bridge, int32_t class_number, const char *name, void *binding);
/// A property that is read as `object.name`: `binding` is called with the object.
bridge_status bridge_register_property(bridge *bridge, int32_t class_number, const char *name, void *binding);
/// Which class secrets have.
void bridge_set_secret_class(bridge *bridge, int32_t class_number);
/// Replays the outbox and sets the global (dots go deeper) to the value.
bridge_status bridge_set_global(bridge *bridge, const char *path);
enum { BRIDGE_CLASS_LIMIT = 16 };

// MARK: tasks

/// Compiles a chunk (text only) into a task that has not begun. [guarded]
bridge_status bridge_load(
    bridge *bridge, const char *code, size_t length, const char *chunk_name, uint64_t *task);
/// The same for a chunk that returns the function to run, whose upvalues are the prompt's locals of the same names. It
/// keeps further ones by a call of its upvalue `keeper`: (name, function with the variable as its only upvalue, whether
/// the variable is constant). [guarded]
bridge_status bridge_load_statement(
    bridge *bridge, const char *code, size_t length, const char *chunk_name, const char *keeper, uint64_t *task);
/// The names of the prompt's locals in `bridge_failure`: each followed by `!` when it is constant, else by a space, and a
/// line feed. [guarded]
bridge_status bridge_locals(bridge *bridge);
/// Only compiles; BRIDGE_SYNTAX leaves the message in `bridge_failure`. [guarded]
bridge_status bridge_check(bridge *bridge, const char *code, size_t length, const char *chunk_name);
/// Gives a task that has not begun an argument: the outbox's value. [guarded]
bridge_status bridge_push_argument(bridge *bridge, uint64_t task);
/// A task that will call the function at `index` of the call's arguments. [guarded]
bridge_status bridge_spawn(bridge *bridge, const bridge_call *call, int32_t index, uint64_t *task);
/// Runs a task until it waits or ends. After any status but BRIDGE_WAITING its results or its error can be read until
/// `bridge_drop`. [guarded]
bridge_status bridge_resume(bridge *bridge, uint64_t task);
/// Forgets a task; a suspended one is closed first: `<close>` variables run, in it and in its coroutines. [guarded]
void bridge_drop(bridge *bridge, uint64_t task);
/// The task that may wait in place (the script, the statement at the prompt); 0 for none. [safe]
void bridge_set_main_task(bridge *bridge, uint64_t task);
/// The main task, and the task that runs now; 0 for none. [safe]
uint64_t bridge_main_task(const bridge *bridge);
uint64_t bridge_current_task(const bridge *bridge);
/// The Lua thread of a task, to read its results or error; NULL when there is no such task. [safe]
lua_State *_Nullable bridge_task_thread(bridge *bridge, uint64_t task);
/// The number of results of an ended task: they are at indices 1...n. [safe]
int32_t bridge_result_count(lua_State *thread);
/// Keeps the results of an ended task until those of another are kept; the thread that holds them, NULL for none. [safe]
void bridge_keep_results(bridge *bridge, uint64_t task);
lua_State *_Nullable bridge_kept_results(bridge *bridge);
/// The traceback of a failed task, valid until the next guarded call. [guarded]
const char *bridge_traceback(bridge *bridge, uint64_t task, size_t *length);

// MARK: stopping

/// Asks the code that runs to end, in a way that no pcall catches. Any thread that is the Lua thread's signal handler.
void bridge_stop(bridge *bridge);
/// Whether a stop was asked for and not yet cleared. Any thread.
bool bridge_is_stopping(const bridge *bridge);
/// Ends the stop, once all tasks are dropped. [safe]
void bridge_clear_stop(bridge *bridge);

/// From now on code must not wait, and is stopped after `seconds` of computing. [safe]
void bridge_begin_limit(bridge *bridge, double seconds);
/// Ends that. Returns whether the limit was exceeded, and ends the stop that this caused. [safe]
bool bridge_end_limit(bridge *bridge);

// MARK: reading values: no conversion, no allocation, no metamethod [safe]

bridge_type bridge_type_at(lua_State *thread, int32_t index);
bool bridge_boolean_at(lua_State *thread, int32_t index);
bool bridge_is_integer_at(lua_State *thread, int32_t index);
/// Whether the number has an integer value, given in `value`.
bool bridge_integer_at(lua_State *thread, int32_t index, int64_t *value);
double bridge_number_at(lua_State *thread, int32_t index);
/// NULL unless a string. Borrowed as long as the value stays where it is.
const char *_Nullable bridge_string_at(lua_State *thread, int32_t index, size_t *length);
/// The handle of one of our userdata; 0: it is something else, or closed.
uint64_t bridge_handle_at(lua_State *thread, int32_t index);
/// Whether the value is `json.null`.
bool bridge_is_null_at(lua_State *thread, int32_t index);
/// Whether the table was made by `json.array` or decoded from a JSON array.
bool bridge_is_array_at(lua_State *thread, int32_t index);
/// Whether the value has the metafield. [safe]
bool bridge_has_metafield(lua_State *thread, int32_t index, const char *name);
/// The address of a table, function, userdata or thread.
uintptr_t bridge_identity_at(lua_State *thread, int32_t index);
int32_t bridge_raw_length(lua_State *thread, int32_t index);
/// Pushes table[i], table.name, or the first / next pair. False: nothing was pushed.
bool bridge_push_element(lua_State *thread, int32_t index, int32_t element);
bool bridge_push_field(lua_State *thread, int32_t index, const char *name);
bool bridge_push_nil(lua_State *thread);
/// Replaces the key on top by the next pair, by nothing at the end or when the table was changed meanwhile. [guarded]
bool bridge_next(lua_State *thread, int32_t index);
/// The same, passing over the keys 1...length. [guarded]
bool bridge_next_field(lua_State *thread, int32_t index, int32_t length);
/// How many pairs the table has with other keys than 1...length. [safe]
int64_t bridge_field_count(lua_State *thread, int32_t index, int32_t length);
void bridge_pop(lua_State *thread, int32_t count);
int32_t bridge_top(lua_State *thread);
void bridge_set_top(lua_State *thread, int32_t top);

/// One step from a value to a value below it: a name, or an index where there is no name.
typedef struct {
  const char *_Nullable name;
  size_t length;
  int64_t index;
} bridge_step;
/// Gets a name and the type of its value; BRIDGE_TYPE_NONE for a property, which has none before it is read.
typedef void (*bridge_member_visitor)(void *context, const char *name, size_t length, bridge_type type);
/// Shows the names that the value at the end of the steps has below it, some twice; the first step is from the globals.
/// Raw: tables in `__index` are followed, functions there not called, nothing is collected. At most `limit` pairs are
/// looked at. The value's `__name` is in `bridge_failure` then. [guarded]
bridge_status bridge_list_members(
    bridge *bridge, const bridge_step *_Nullable steps, size_t count, int32_t limit, bridge_member_visitor visit,
    void *context);

/// `tostring` of the value, which may run its `__tostring`; the text is in `bridge_failure`. [guarded]
bridge_status bridge_tostring(bridge *bridge, lua_State *thread, int32_t index);
/// The same for people: indented, secrets masked. [guarded]
bridge_status bridge_show_json(bridge *bridge, lua_State *thread, int32_t index);
/// The JSON text of the value, in `bridge_failure`; the message when it cannot be encoded. [guarded]
bridge_status bridge_encode_json(bridge *bridge, lua_State *thread, int32_t index);
/// Sets a global to the value at `index`, past any metatable; to nil for index 0. [guarded]
bridge_status bridge_keep_global(bridge *bridge, lua_State *thread, int32_t index, const char *name);

// MARK: data files: a chunk in a state of its own, without any globals, libraries or metatables

typedef struct bridge_data bridge_data;
/// NULL: not enough memory. `seconds` is the time that the chunk may compute. [guarded]
bridge_data *_Nullable bridge_data_new(size_t memory_limit, double seconds);
/// Runs a chunk (text only); its value is at index 1 of the thread then. Once for each state. [guarded]
bridge_status bridge_data_run(bridge_data *data, const char *code, size_t length, const char *chunk_name);
lua_State *bridge_data_thread(bridge_data *data);
/// The text of the failure of `bridge_data_run`. [safe]
const char *bridge_data_failure(const bridge_data *data, size_t *length);
/// Frees everything, wiped. [guarded]
void bridge_data_close(bridge_data *data);

// MARK: the outbox: results as data, replayed on the Lua stack when no Swift frame is left. [safe]

void bridge_out_reset(bridge *bridge);
void bridge_out_nil(bridge *bridge);
void bridge_out_null(bridge *bridge);
void bridge_out_boolean(bridge *bridge, bool value);
void bridge_out_integer(bridge *bridge, int64_t value);
void bridge_out_number(bridge *bridge, double value);
void bridge_out_string(bridge *bridge, const char *_Nullable bytes, size_t length);
/// A table: then elements and keyed values, then `bridge_out_end`.
void bridge_out_table(bridge *bridge, int32_t elements, int32_t fields);
/// The same, marked as a JSON array.
void bridge_out_array(bridge *bridge, int32_t elements);
/// The next value is the field of this name.
void bridge_out_key(bridge *bridge, const char *name, size_t length);
void bridge_out_end(bridge *bridge);
/// A userdata that owns the handle from now on.
void bridge_out_object(bridge *bridge, int32_t class_number, uint64_t handle);
/// The value of a JSON text. `secret_paths` is NULL or a NULL-terminated list that lives for good: strings at these
/// paths become secrets. `source` names where the text is from in the error that a text which is no JSON raises.
void bridge_out_json(
    bridge *bridge, const char *_Nullable text, size_t length, const char *_Nullable const *_Nullable secret_paths,
    const char *source, size_t source_length);

// MARK: standard output, shared with Lua's io library

/// False: it cannot be written, errno tells why.
bool bridge_stdout_write(const char *_Nullable bytes, size_t length);
bool bridge_stdout_flush(void);

// MARK: signals

/// The signals that have come since the last call, as bits. Any thread.
uint64_t bridge_signals_take(void);
/// Makes SIGINT, SIGTERM, SIGHUP and SIGPIPE (of a closed standard output) stop the bridge's code and wake the
/// descriptor, and SIGWINCH wake it. SIGQUIT counts as SIGTERM. The calling thread is the one that runs Lua.
bool bridge_signals_install(bridge *bridge, int32_t wake_descriptor);
/// These bits have not come. Any thread.
void bridge_signals_forget(uint64_t bits);
/// Whether SIGINT stops code; returns what held before. While a line is edited, Ctrl-C is a key.
bool bridge_signals_interrupt_stops(bool stops);
/// The bit, beside SIGINT's, of a SIGINT that came within a second after another. There is no signal 0.
#define BRIDGE_SECOND_INTERRUPT 1ull
/// The next SIGINT is a first one.
void bridge_signals_forget_first_interrupt(void);
/// Waits for the next of SIGINT, SIGTERM, SIGHUP, SIGPIPE; for a watchdog thread. False: none came for so many whole
/// seconds; negative: no limit.
bool bridge_signals_wait(double seconds);
/// Those that came since the last call, as bits: none when a call between the signal and the end of the wait had them.
/// Any thread.
uint64_t bridge_signals_take_for_watchdog(void);
/// Forgets the bridge; what comes later only sets its bit and wakes.
void bridge_signals_detach(void);

#pragma clang assume_nonnull end
#endif
