#define _GNU_SOURCE  // strtod_l, uselocale: a script may set a locale whose decimal point is a comma
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "json_writer.h"

enum { LONGEST_INTEGER = 20, LONGEST_FLOAT = 32, FEWEST_DIGITS = 15, MOST_DIGITS = 17 };

static void write_unit_escape(json_writer *writer, unsigned unit) {
  static const char digits[] = "0123456789abcdef";
  char escape[] = {'\\', 'u', '0', '0', digits[unit >> 4], digits[unit & 15]};
  json_write(writer, escape, sizeof escape);
}

static void write_ascii_escape(json_writer *writer, char c) {
  static const char plain[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
  const char *found = memchr(plain, c, sizeof plain - 1);
  if (!found) return write_unit_escape(writer, (unsigned char)c);
  char escape[] = {'\\', letters[found - plain]};
  json_write(writer, escape, sizeof escape);
}

/// Writes the character at `at`, which may not stand there plainly, and returns its length. The control
/// characters U+007F to U+009F are escaped too, so that no terminal obeys them.
static size_t write_special(json_writer *writer, const json_place *place, const char *at, const char *end) {
  size_t length = json_utf8_length(at, end);
  if (length == 0) json_encode_fail(writer, place, "the string is not UTF-8");
  if (length == 1)
    write_ascii_escape(writer, *at);
  else if ((unsigned char)at[0] == 0xC2 && (unsigned char)at[1] < 0xA0)
    write_unit_escape(writer, (unsigned char)at[1]);
  else
    json_write(writer, at, length);
  return length;
}

void json_write_string(json_writer *writer, const json_place *place, const char *bytes, size_t length) {
  const char *at = bytes, *end = bytes + length;
  json_write(writer, "\"", 1);
  for (;;) {
    const char *special = json_skip_plain(at, end);
    json_write(writer, at, (size_t)(special - at));
    if (special == end) break;
    at = special + write_special(writer, place, special, end);
  }
  json_write(writer, "\"", 1);
}

void json_write_integer(json_writer *writer, lua_Integer value) {
  char text[LONGEST_INTEGER], *at = text + sizeof text;
  uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
  do *--at = (char)('0' + left % 10);
  while (left /= 10);
  if (value < 0) *--at = '-';
  json_write(writer, at, (size_t)(text + sizeof text - at));
}

/// The fewest digits that read back as `value`, in the C locale (a constant inside glibc, nothing to free).
static void format_shortest(char *text, size_t size, lua_Number value) {
  locale_t c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0), previous = uselocale(c_locale);
  for (int digits = FEWEST_DIGITS; digits <= MOST_DIGITS; digits++) {
    snprintf(text, size, "%.*g", digits, value);
    if (strtod_l(text, NULL, c_locale) == value) break;
  }
  uselocale(previous);
}

static void write_decimal(json_writer *writer, bool is_negative, uint64_t digits, uint64_t unit) {
  char text[LONGEST_FLOAT];
  int length = 0;
  if (is_negative) json_write(writer, "-", 1);
  json_write_integer(writer, (lua_Integer)(digits / unit));
  text[length++] = '.';
  for (uint64_t rest = digits % unit, power = unit / 10; power > 0; power /= 10)
    text[length++] = (char)('0' + rest / power % 10);
  if (unit == 1) text[length++] = '0';
  json_write(writer, text, (size_t)length);
}

/// Most floats have few decimals. Digits below 10^15 divided by a small power of ten are rounded once, as by
/// strtod, so comparing proves that they read back as `value`.
static bool write_short_float(json_writer *writer, lua_Number value) {
  double size = fabs(value);
  if (size >= 1e15) return false;
  for (uint64_t unit = 1; unit <= 10000; unit *= 10) {
    double scaled = size * (double)unit;
    if (scaled >= 1e15) return false;
    uint64_t digits = (uint64_t)(scaled + 0.5);
    if ((double)digits / (double)unit != size) continue;
    write_decimal(writer, signbit(value), digits, unit);
    return true;
  }
  return false;
}

void json_write_float(json_writer *writer, const json_place *place, lua_Number value) {
  if (!isfinite(value)) json_encode_fail(writer, place, "JSON has no infinity and no NaN");
  if (write_short_float(writer, value)) return;
  char text[LONGEST_FLOAT];
  format_shortest(text, sizeof text, value);
  json_write(writer, text, strlen(text));
  if (!strpbrk(text, ".e")) json_write(writer, ".0", 2);
}
