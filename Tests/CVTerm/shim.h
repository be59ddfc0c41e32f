// libvterm for Swift: its cells are bit fields and unions, which one flat struct replaces.
#pragma once
#include <vterm.h>

/// One cell of the screen. A colour is an index of the palette, -1 the terminal's own, -2 one given as RGB.
struct screen_cell {
  uint32_t characters[VTERM_MAX_CHARS_PER_CELL];
  int width, colour, background;
  bool bold, italic, underline, reverse;
};

/// What the terminal would answer to queries goes nowhere.
static inline void screen_drop_answer(const char *_Nullable text, size_t count, void *_Nullable owner) {
  (void)text, (void)count, (void)owner;
}

/// A terminal for UTF-8, with an alternate screen.
static inline VTerm *_Nullable screen_new(int rows, int columns) {
  VTerm *terminal = vterm_new(rows, columns);
  if (!terminal) return terminal;
  vterm_set_utf8(terminal, 1);
  vterm_output_set_callback(terminal, screen_drop_answer, 0);
  VTermScreen *screen = vterm_obtain_screen(terminal);
  vterm_screen_enable_altscreen(screen, 1);
  vterm_screen_reset(screen, 1);
  return terminal;
}

static inline int screen_colour(const VTermColor *_Nonnull colour) {
  if (VTERM_COLOR_IS_DEFAULT_FG(colour) || VTERM_COLOR_IS_DEFAULT_BG(colour)) return -1;
  return VTERM_COLOR_IS_INDEXED(colour) ? colour->indexed.idx : -2;
}

static inline struct screen_cell screen_cell_at(VTerm *_Nonnull terminal, int row, int column) {
  VTermScreenCell cell = {0};
  VTermScreen *screen = vterm_obtain_screen(terminal);
  vterm_screen_get_cell(screen, (VTermPos){.row = row, .col = column}, &cell);
  // The right half of a wide character.
  if (cell.chars[0] == (uint32_t)-1) vterm_screen_get_cell(screen, (VTermPos){.row = row, .col = column - 1}, &cell);
  struct screen_cell result = {
      .width = cell.width,
      .colour = screen_colour(&cell.fg),
      .background = screen_colour(&cell.bg),
      .bold = cell.attrs.bold,
      .italic = cell.attrs.italic,
      .underline = cell.attrs.underline != 0,
      .reverse = cell.attrs.reverse,
  };
  for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL; i++) result.characters[i] = cell.chars[i];
  return result;
}

static inline VTermPos screen_cursor(VTerm *_Nonnull terminal) {
  VTermPos position = {0};
  vterm_state_get_cursorpos(vterm_obtain_state(terminal), &position);
  return position;
}
