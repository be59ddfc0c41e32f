// The decoder's state, shared by its parts.
#pragma once
#include "json.h"
#include "json_text.h"

typedef struct {
  lua_State *L;
  const char *start, *at, *end;
  const json_decode_options *options;
  int levels_left;
  int array_metatable;
} json_reader;

/// Raises the error for the place `reader->at`. `what` never quotes the text, which may hold secrets.
_Noreturn void json_fail(const json_reader *reader, const char *what);

/// Reads the string that begins with the quote at `reader->at` and pushes it, as a secret if asked to.
void json_read_string(json_reader *reader, bool is_secret);

/// Reads the number at `reader->at` and pushes it.
void json_read_number(json_reader *reader);

/// The secret paths that still match where the decoder is, each cut down to what is left of it.
typedef struct {
  int count;
  const char *rest[JSON_MAX_SECRET_PATHS];
} json_secret_cursor;

/// The cursor for the whole text; NULL when there are no paths.
const json_secret_cursor *json_secrets_at_root(const json_reader *reader, json_secret_cursor *cursor);
/// The cursor one step below: for the element of an array, or for the name on top of the stack. NULL in, NULL
/// out, and NULL when no path goes on.
const json_secret_cursor *json_secrets_in_array(const json_secret_cursor *cursor, json_secret_cursor *below);
const json_secret_cursor *json_secrets_in_object(
    const json_secret_cursor *cursor, lua_State *L, json_secret_cursor *below);
/// Whether a path ends here.
bool json_is_secret_here(const json_secret_cursor *cursor);
