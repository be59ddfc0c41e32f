#include "json_text.h"

static bool continues(const unsigned char *byte, size_t count) {
  for (size_t i = 1; i < count; i++)
    if ((byte[i] & 0xC0) != 0x80) return false;
  return true;
}

/// The second byte's range decides about overlong forms, surrogates and values above U+10FFFF.
static bool is_second_byte(unsigned char lead, unsigned char second) {
  switch (lead) {
    case 0xE0: return second >= 0xA0;
    case 0xED: return second <= 0x9F;
    case 0xF0: return second >= 0x90;
    case 0xF4: return second <= 0x8F;
    default: return true;
  }
}

size_t json_utf8_length(const char *text, const char *end) {
  const unsigned char *byte = (const unsigned char *)text;
  unsigned char lead = byte[0];
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if ((size_t)(end - text) < length || !continues(byte, length)) return 0;
  return is_second_byte(lead, byte[1]) ? length : 0;
}
