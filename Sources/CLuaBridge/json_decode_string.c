#include <lauxlib.h>

#include "json_reader.h"

/// Escaped strings up to this length are decoded on the C stack.
enum { SMALL_STRING = 512 };

_Noreturn static void fail_at(json_reader *reader, const char *at, const char *what) {
  reader->at = at;
  json_fail(reader, what);
}

static bool is_escape_letter(char c) { return memchr("\"\\/bfnrtu", c, 9) != NULL; }

/// Checks one byte that is not plain and returns what follows it.
static const char *skip_special(json_reader *reader, const char *at, bool *has_escapes) {
  if ((unsigned char)*at < 0x20) fail_at(reader, at, "a control character in a string");
  if (*at == '\\') {
    if (reader->end - at < 2 || !is_escape_letter(at[1])) fail_at(reader, at, "an unknown escape in a string");
    *has_escapes = true;
    return at + 2;
  }
  size_t length = json_utf8_length(at, reader->end);
  if (length == 0) fail_at(reader, at, "a string is not UTF-8");
  return at + length;
}

/// The closing quote of the string whose text begins at `at`.
static const char *find_end(json_reader *reader, const char *at, bool *has_escapes) {
  for (;;) {
    at = json_skip_plain(at, reader->end);
    if (at == reader->end) fail_at(reader, at, "the text ends inside a string");
    if (*at == '"') return at;
    at = skip_special(reader, at, has_escapes);
  }
}

static int hex_digit(char c) {
  if (json_is_digit(c)) return c - '0';
  char lower = (char)(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// The UTF-16 unit of the `\uXXXX` at `at`.
static unsigned read_unit(json_reader *reader, const char *at, const char *end) {
  if (end - at < 6) fail_at(reader, at, "four hexadecimal digits expected after \\u");
  unsigned unit = 0;
  for (int i = 2; i < 6; i++) {
    int digit = hex_digit(at[i]);
    if (digit < 0) fail_at(reader, at, "four hexadecimal digits expected after \\u");
    unit = unit << 4 | (unsigned)digit;
  }
  return unit;
}

static char *write_utf8(char *out, unsigned scalar) {
  if (scalar < 0x80) {
    *out++ = (char)scalar;
    return out;
  }
  int shift = scalar < 0x800 ? 6 : scalar < 0x10000 ? 12 : 18;
  *out++ = (char)((shift == 6 ? 0xC0 : shift == 12 ? 0xE0 : 0xF0) | scalar >> shift);
  while ((shift -= 6) >= 0) *out++ = (char)(0x80 | (scalar >> shift & 0x3F));
  return out;
}

/// Decodes the `\u` escape at `*at`, with its second half if it is a surrogate pair.
static char *unescape_unit(json_reader *reader, const char **at, const char *end, char *out) {
  const char *first = *at;
  unsigned unit = read_unit(reader, first, end);
  *at += 6;
  if (unit < 0xD800 || unit > 0xDFFF) return write_utf8(out, unit);
  bool is_pair = unit < 0xDC00 && end - *at >= 2 && (*at)[0] == '\\' && (*at)[1] == 'u';
  unsigned low = is_pair ? read_unit(reader, *at, end) : 0;
  if (low < 0xDC00 || low > 0xDFFF) fail_at(reader, first, "a surrogate without its other half");
  *at += 6;
  return write_utf8(out, 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
}

static char unescape_letter(char letter) {
  switch (letter) {
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return letter;
  }
}

/// Writes the decoded text to `out`, which is never longer than the escaped one, and returns its length.
static size_t unescape(json_reader *reader, const char *at, const char *end, char *out) {
  char *start = out;
  while (at < end) {
    if (*at != '\\') {
      const char *escape = memchr(at, '\\', (size_t)(end - at));
      size_t plain = (size_t)((escape ? escape : end) - at);
      memcpy(out, at, plain);
      out += plain;
      at += plain;
    } else if (at[1] == 'u') {
      out = unescape_unit(reader, &at, end, out);
    } else {
      *out++ = unescape_letter(at[1]);
      at += 2;
    }
  }
  return (size_t)(out - start);
}

static void push(json_reader *reader, const char *bytes, size_t length, bool is_secret) {
  if (is_secret && reader->options->push_secret)
    reader->options->push_secret(reader->L, bytes, length);
  else
    lua_pushlstring(reader->L, bytes, length);
}

/// Kept out of line so that the buffer is not part of every level's frame.
__attribute__((noinline)) static void push_unescaped(
    json_reader *reader, const char *text, const char *end, bool is_secret) {
  char small[SMALL_STRING];
  size_t room = (size_t)(end - text);
  bool is_small = room <= sizeof small;
  char *buffer = is_small ? small : lua_newuserdatauv(reader->L, room, 0);
  push(reader, buffer, unescape(reader, text, end, buffer), is_secret);
  if (is_secret) explicit_bzero(buffer, room);
  if (!is_small) lua_remove(reader->L, -2);
}

void json_read_string(json_reader *reader, bool is_secret) {
  const char *text = reader->at + 1;
  bool has_escapes = false;
  const char *end = find_end(reader, text, &has_escapes);
  if (has_escapes)
    push_unescaped(reader, text, end, is_secret);
  else
    push(reader, text, (size_t)(end - text), is_secret);
  reader->at = end + 1;
}
