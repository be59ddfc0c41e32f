#include <lauxlib.h>

#include "json_reader.h"

/// Room on the Lua stack for one level: table, name, value and what pushing a string or secret needs.
enum { SLOTS_PER_LEVEL = 8, GUESSED_LEVELS = 8, LARGEST_GUESS_OF_FIELDS = 64 };

/// How many fields the last object had, by level: lists of like objects and repeated answers are the common case.
static _Thread_local int last_fields[GUESSED_LEVELS];

static void read_value(json_reader *reader, const json_secret_cursor *secrets);

_Noreturn void json_fail(const json_reader *reader, const char *what) {
  lua_Integer line = 1, column = 1;
  for (const char *at = reader->start; at < reader->at; at++) {
    if (*at == '\n') {
      line++;
      column = 1;
    } else if (((unsigned char)*at & 0xC0) != 0x80) {
      column++;
    }
  }
  luaL_error(reader->L, "invalid JSON at line %I, column %I: %s", line, column, what);
  __builtin_unreachable();
}

static inline void skip_space(json_reader *reader) {
  const char *at = reader->at;
  while (at < reader->end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')) at++;
  reader->at = at;
}

/// Takes `c` if it comes next.
static inline bool take(json_reader *reader, char c) {
  skip_space(reader);
  if (reader->at == reader->end || *reader->at != c) return false;
  reader->at++;
  return true;
}

static void enter_level(json_reader *reader) {
  if (reader->levels_left-- == 0) json_fail(reader, "nested too deeply");
  luaL_checkstack(reader->L, SLOTS_PER_LEVEL, "JSON nested too deeply");
  reader->at++;
}

static void leave_level(json_reader *reader) { reader->levels_left++; }

static void read_array(json_reader *reader, const json_secret_cursor *secrets) {
  lua_State *L = reader->L;
  enter_level(reader);
  lua_newtable(L);
  lua_pushvalue(L, reader->array_metatable);
  lua_setmetatable(L, -2);
  bool more = !take(reader, ']');
  json_secret_cursor below;
  secrets = json_secrets_in_array(secrets, &below);
  for (lua_Integer count = 1; more; count++) {
    read_value(reader, secrets);
    lua_rawseti(L, -2, count);
    more = take(reader, ',');
    if (!more && !take(reader, ']')) json_fail(reader, "',' or ']' expected after an array's element");
  }
  leave_level(reader);
}

static void read_name(json_reader *reader) {
  skip_space(reader);
  if (reader->at == reader->end || *reader->at != '"') json_fail(reader, "a name in quotes expected");
  json_read_string(reader, false);
  if (!take(reader, ':')) json_fail(reader, "':' expected after a name");
}

static void read_object(json_reader *reader, const json_secret_cursor *secrets) {
  lua_State *L = reader->L;
  int *guess = &last_fields[reader->levels_left % GUESSED_LEVELS];
  enter_level(reader);
  bool more = !take(reader, '}');
  lua_createtable(L, 0, more ? *guess : 0);
  int count = 0;
  for (; more; count++) {
    read_name(reader);
    json_secret_cursor below;
    read_value(reader, json_secrets_in_object(secrets, L, &below));
    lua_rawset(L, -3);
    more = take(reader, ',');
    if (!more && !take(reader, '}')) json_fail(reader, "',' or '}' expected after an object's member");
  }
  *guess = count < LARGEST_GUESS_OF_FIELDS ? count : LARGEST_GUESS_OF_FIELDS;
  leave_level(reader);
}

static void read_word(json_reader *reader, const char *word, size_t length) {
  if ((size_t)(reader->end - reader->at) < length || memcmp(reader->at, word, length) != 0)
    json_fail(reader, "a value expected");
  reader->at += length;
}

static void read_value(json_reader *reader, const json_secret_cursor *secrets) {
  lua_State *L = reader->L;
  skip_space(reader);
  if (reader->at == reader->end) json_fail(reader, "a value expected, but the text ends");
  switch (*reader->at) {
    case '"': json_read_string(reader, json_is_secret_here(secrets)); break;
    case '{': read_object(reader, secrets); break;
    case '[': read_array(reader, secrets); break;
    case 't': read_word(reader, "true", 4); lua_pushboolean(L, true); break;
    case 'f': read_word(reader, "false", 5); lua_pushboolean(L, false); break;
    case 'n': read_word(reader, "null", 4); lua_pushlightuserdata(L, NULL); break;
    default: json_read_number(reader);
  }
}

void json_push_array_metatable(lua_State *L) { luaL_newmetatable(L, "json.array"); }

static void check_whole_text(const json_reader *reader, size_t length) {
  size_t limit = reader->options->max_bytes ? reader->options->max_bytes : JSON_DEFAULT_MAX_BYTES;
  if (length > limit) json_fail(reader, "the text is longer than the limit");
  if (length >= 3 && memcmp(reader->start, "\xEF\xBB\xBF", 3) == 0)
    json_fail(reader, "the text begins with a byte order mark");
}

void json_decode(lua_State *L, const char *text, size_t length, const json_decode_options *options) {
  static const json_decode_options defaults;
  if (!options) options = &defaults;
  luaL_checkstack(L, SLOTS_PER_LEVEL, NULL);
  json_push_array_metatable(L);
  json_reader reader = {.L = L, .start = text, .at = text, .end = text + length, .options = options,
                        .levels_left = options->max_depth ? options->max_depth : JSON_DEFAULT_MAX_DEPTH,
                        .array_metatable = lua_gettop(L)};
  check_whole_text(&reader, length);
  json_secret_cursor root;
  read_value(&reader, json_secrets_at_root(&reader, &root));
  skip_space(&reader);
  if (reader.at != reader.end) json_fail(&reader, "text after the value");
  lua_remove(L, reader.array_metatable);
}
