// Byte scanning that the JSON decoder and encoder share.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define JSON_EACH_BYTE(value) (0x0101010101010101u * (uint64_t)(value))

/// The high bit of each byte that needs a look: a control character, a quote, a backslash, 0x7F and above. Borrows
/// and carries can flag bytes after a true hit wrongly, so only the lowest one counts.
static inline uint64_t json_special_bytes(uint64_t word) {
  uint64_t quote = word ^ JSON_EACH_BYTE('"'), backslash = word ^ JSON_EACH_BYTE('\\');
  uint64_t hits = ((word - JSON_EACH_BYTE(0x20)) & ~word) | ((quote - JSON_EACH_BYTE(1)) & ~quote) |
                  ((backslash - JSON_EACH_BYTE(1)) & ~backslash) | word | (word + JSON_EACH_BYTE(1));
  return hits & JSON_EACH_BYTE(0x80);
}

static inline bool json_is_special(unsigned char byte) {
  return byte < 0x20 || byte == '"' || byte == '\\' || byte >= 0x7F;
}

/// The first byte from `at` that may not simply stand in a JSON string, or `end`.
static inline const char *json_skip_plain(const char *at, const char *end) {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  while (end - at >= 8) {
    uint64_t word;
    memcpy(&word, at, sizeof word);
    uint64_t hits = json_special_bytes(word);
    if (hits) return at + __builtin_ctzll(hits) / 8;
    at += 8;
  }
#endif
  while (at < end && !json_is_special((unsigned char)*at)) at++;
  return at;
}

static inline bool json_is_digit(char c) { return c >= '0' && c <= '9'; }

/// The length of the UTF-8 sequence at `text`; 0 when it is overlong, a surrogate, too large or cut off.
size_t json_utf8_length(const char *text, const char *end);
