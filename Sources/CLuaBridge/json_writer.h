// The encoder's state, shared by its parts.
#pragma once
#include "json.h"
#include "json_text.h"

/// Bytes that grow inside a userdata, which lies at `slot` of the stack.
typedef struct {
  int slot;
  size_t used, capacity;
  char *bytes;
} json_scratch;

typedef struct {
  lua_State *L;
  const json_encode_options *options;
  json_scratch text;
  json_scratch names;
  int level, max_level;
} json_writer;

/// A table being written and which of its values is: `name`, else `index` when that is not 0, else none yet.
typedef struct json_place {
  const struct json_place *above;
  const void *table;
  const char *name;
  size_t name_length;
  lua_Integer index;
} json_place;

/// Raises `cannot encode JSON at $.path: what`.
_Noreturn void json_encode_fail(const json_writer *writer, const json_place *place, const char *what);

/// Pushes the userdata of an empty scratch.
void json_scratch_begin(lua_State *L, json_scratch *scratch);
void json_scratch_grow(lua_State *L, json_scratch *scratch, size_t more);

/// Room for `count` bytes at the end, which then count as used.
static inline char *json_scratch_add(lua_State *L, json_scratch *scratch, size_t count) {
  if (scratch->capacity - scratch->used < count) json_scratch_grow(L, scratch, count);
  char *room = scratch->bytes + scratch->used;
  scratch->used += count;
  return room;
}
static inline void json_write(json_writer *writer, const char *bytes, size_t length) {
  memcpy(json_scratch_add(writer->L, &writer->text, length), bytes, length);
}

void json_write_string(json_writer *writer, const json_place *place, const char *bytes, size_t length);
void json_write_integer(json_writer *writer, lua_Integer value);
/// Writes the shortest text that reads back as `value`, always with a point or an exponent.
void json_write_float(json_writer *writer, const json_place *place, lua_Number value);
