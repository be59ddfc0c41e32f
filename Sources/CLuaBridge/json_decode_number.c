#define _GNU_SOURCE  // strtod_l: a script may set a locale whose decimal point is a comma
#include <lauxlib.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>

#include "json_reader.h"

/// 19 digits always fit into 64 bits.
enum { MAX_EXACT_DIGITS = 19, MAX_EXACT_POWER = 22, SMALL_NUMBER = 64 };
/// Stands for exponents that only strtod can judge; no sum of them comes back into the exact range.
enum { VERY_LARGE = 1 << 30 };

/// A number's parts: value = ±digits × 10^exponent, as long as `digit_count` is not above MAX_EXACT_DIGITS.
typedef struct {
  const char *start;
  bool is_negative, is_integer;
  uint64_t digits;
  int digit_count;
  int exponent;
} number_parts;

static void scan_digits(json_reader *reader, number_parts *number) {
  const char *first = reader->at;
  for (; reader->at < reader->end && json_is_digit(*reader->at); reader->at++) {
    if (number->digits || *reader->at != '0') number->digit_count++;
    if (number->digit_count <= MAX_EXACT_DIGITS) number->digits = number->digits * 10 + (uint64_t)(*reader->at - '0');
  }
  if (reader->at == first) json_fail(reader, "a digit expected");
}

static void scan_integer_part(json_reader *reader, number_parts *number) {
  bool is_zero = reader->at < reader->end && *reader->at == '0';
  const char *first = reader->at;
  scan_digits(reader, number);
  if (is_zero && reader->at - first > 1) {
    reader->at = first;
    json_fail(reader, "a number must not begin with 0");
  }
}

static void scan_fraction(json_reader *reader, number_parts *number) {
  if (reader->at == reader->end || *reader->at != '.') return;
  const char *first = ++reader->at;
  number->is_integer = false;
  scan_digits(reader, number);
  ptrdiff_t places = reader->at - first;
  number->exponent = places < VERY_LARGE ? -(int)places : -VERY_LARGE;
}

static void scan_exponent(json_reader *reader, number_parts *number) {
  if (reader->at == reader->end || (*reader->at | 0x20) != 'e') return;
  reader->at++;
  number->is_integer = false;
  bool is_negative = reader->at < reader->end && *reader->at == '-';
  if (is_negative || (reader->at < reader->end && *reader->at == '+')) reader->at++;
  number_parts power = {0};
  scan_digits(reader, &power);
  int size = power.digit_count <= 4 ? (int)power.digits : VERY_LARGE / 2;
  number->exponent += is_negative ? -size : size;
}

static bool push_integer(lua_State *L, const number_parts *number) {
  uint64_t largest = (uint64_t)INT64_MAX + number->is_negative;
  if (number->digit_count > MAX_EXACT_DIGITS || number->digits > largest) return false;
  lua_pushinteger(L, (lua_Integer)(number->is_negative ? 0 - number->digits : number->digits));
  return true;
}

/// Digits below 2^53 and a power of ten up to 22 are exact doubles, so one operation rounds correctly.
static bool push_short_float(lua_State *L, const number_parts *number) {
  static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                  1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  bool is_exact = number->digit_count <= MAX_EXACT_DIGITS && number->digits <= (uint64_t)1 << 53;
  if (!is_exact || abs(number->exponent) > MAX_EXACT_POWER) return false;
  double value = (double)number->digits;
  value = number->exponent < 0 ? value / powers[-number->exponent] : value * powers[number->exponent];
  lua_pushnumber(L, number->is_negative ? -value : value);
  return true;
}

static double convert(const char *text) {
  // The C locale is a constant inside glibc: nothing is allocated here, nothing needs freeing.
  return strtod_l(text, NULL, newlocale(LC_ALL_MASK, "C", (locale_t)0));
}

/// For all other numbers: the text is copied because strtod needs a NUL after it.
__attribute__((noinline)) static void push_long_float(json_reader *reader, const number_parts *number) {
  char small[SMALL_NUMBER];
  size_t length = (size_t)(reader->at - number->start);
  bool is_small = length < sizeof small;
  char *text = is_small ? small : lua_newuserdatauv(reader->L, length + 1, 0);
  memcpy(text, number->start, length);
  text[length] = '\0';
  double value = convert(text);
  if (isinf(value)) {
    reader->at = number->start;
    json_fail(reader, "a number out of range");
  }
  if (!is_small) lua_pop(reader->L, 1);
  lua_pushnumber(reader->L, value);
}

void json_read_number(json_reader *reader) {
  number_parts number = {.start = reader->at, .is_integer = true, .is_negative = *reader->at == '-'};
  if (number.is_negative)
    reader->at++;
  else if (!json_is_digit(*reader->at))
    json_fail(reader, "a value expected");
  scan_integer_part(reader, &number);
  scan_fraction(reader, &number);
  scan_exponent(reader, &number);
  if (number.is_integer && push_integer(reader->L, &number)) return;
  if (!push_short_float(reader->L, &number)) push_long_float(reader, &number);
}
