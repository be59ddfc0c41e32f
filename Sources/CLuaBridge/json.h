// JSON to and from Lua values. Everything here may raise a Lua error, so it runs under protection; scratch
// memory is Lua's own, so an error in the middle leaks nothing.
#pragma once
#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

#define JSON_DEFAULT_MAX_DEPTH 128
#define JSON_DEFAULT_MAX_BYTES ((size_t)64 << 20)
#define JSON_MAX_SECRET_PATHS 8

/// What a decoder accepts. All zero (or no options at all) means: the default limits, no secrets.
typedef struct {
  /// Levels of arrays and objects; 0 is JSON_DEFAULT_MAX_DEPTH.
  int max_depth;
  /// Length of the text; 0 is JSON_DEFAULT_MAX_BYTES.
  size_t max_bytes;
  /// Where strings are secrets: up to JSON_MAX_SECRET_PATHS paths, then NULL. Segments are object keys separated
  /// by '/', `*` is any array element: "Value", "*/Authentication". The empty path is the text as a whole.
  const char *const *secret_paths;
  /// Pushes exactly one value in place of a secret string. May raise.
  void (*push_secret)(lua_State *L, const char *bytes, size_t length);
} json_decode_options;

/// How values are written. All zero (or no options at all) means: compact, a secret is an error.
typedef struct {
  /// Spaces for each level, 0 for one line.
  int indent;
  /// Levels of tables; 0 is JSON_DEFAULT_MAX_DEPTH.
  int max_depth;
  /// A secret becomes "***" instead of an error.
  bool mask_secrets;
  /// Tells whether the userdata at `index` is a secret. Must not raise nor change the stack.
  bool (*is_secret)(lua_State *L, int index);
} json_encode_options;

/// Pushes the value of strict RFC 8259 text. Integers of 64 bits stay exact, others become floats; null becomes
/// a NULL light userdata; arrays carry the array metatable; of equal names the last wins. `-0` is the integer 0.
/// Raises `invalid JSON at line L, column C: what`, columns counted in characters.
void json_decode(lua_State *L, const char *text, size_t length, const json_decode_options *options);

/// Pushes the JSON text of the value at `index`. Keys are sorted by their bytes. No metamethod is called.
/// Raises `cannot encode JSON at $.path[3]: what`.
void json_encode(lua_State *L, int index, const json_encode_options *options);

/// Pushes the metatable that marks a table as an array, so that an empty one is `[]`.
void json_push_array_metatable(lua_State *L);
