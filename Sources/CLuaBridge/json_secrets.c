// Matching secret paths while descending: no path is ever built, and without paths nothing is done.
#include <lauxlib.h>

#include "json_reader.h"

const json_secret_cursor *json_secrets_at_root(const json_reader *reader, json_secret_cursor *cursor) {
  const char *const *path = reader->options->secret_paths;
  if (!path || !*path) return NULL;
  for (cursor->count = 0; *path; path++) {
    if (cursor->count == JSON_MAX_SECRET_PATHS) luaL_error(reader->L, "too many secret paths");
    cursor->rest[cursor->count++] = *path;
  }
  return cursor;
}

/// What follows `segment` in `path`; NULL when the path does not begin with it.
static const char *after_segment(const char *path, const char *segment, size_t length) {
  if (strncmp(path, segment, length) != 0) return NULL;
  if (path[length] == '/') return path + length + 1;
  return path[length] == '\0' ? path + length : NULL;
}

static const json_secret_cursor *descend(
    const json_secret_cursor *cursor, const char *segment, size_t length, json_secret_cursor *below) {
  below->count = 0;
  for (int i = 0; i < cursor->count; i++) {
    const char *rest = cursor->rest[i][0] ? after_segment(cursor->rest[i], segment, length) : NULL;
    if (rest) below->rest[below->count++] = rest;
  }
  return below->count ? below : NULL;
}

const json_secret_cursor *json_secrets_in_array(const json_secret_cursor *cursor, json_secret_cursor *below) {
  return cursor ? descend(cursor, "*", 1, below) : NULL;
}

const json_secret_cursor *json_secrets_in_object(
    const json_secret_cursor *cursor, lua_State *L, json_secret_cursor *below) {
  if (!cursor) return NULL;
  size_t length;
  const char *name = lua_tolstring(L, -1, &length);
  bool is_plain = length > 0 && !memchr(name, '\0', length) && !memchr(name, '/', length) && strcmp(name, "*");
  return is_plain ? descend(cursor, name, length, below) : NULL;
}

bool json_is_secret_here(const json_secret_cursor *cursor) {
  for (int i = 0; cursor && i < cursor->count; i++)
    if (cursor->rest[i][0] == '\0') return true;
  return false;
}
