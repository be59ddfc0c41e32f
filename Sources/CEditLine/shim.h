// libedit for Swift: its setters are variadic and its init takes FILE *, neither of which Swift can use.
// One wrapper with a fixed signature for each use.
#pragma once
#include <histedit.h>
#include <stdio.h>
#include <wchar.h>

typedef unsigned char (*editline_action)(EditLine *_Nullable, wint_t);
typedef wchar_t *_Nullable (*editline_prompt)(EditLine *_Nullable);
typedef int (*editline_reader)(EditLine *_Nullable, wchar_t *_Nullable);

/// What libedit writes, until it goes to the terminal together with what we add.
struct editline_output {
  FILE *_Nullable file;
  char *_Nullable text;
  size_t count;
};

/// Nothing is collected when there is no memory for it.
static inline int editline_open_output(struct editline_output *_Nonnull output) {
  output->file = open_memstream(&output->text, &output->count);
  return output->file != 0;
}

static inline void editline_add_output(
    struct editline_output *_Nonnull output, const void *_Nonnull text, size_t count) {
  fwrite(text, 1, count, output->file);
}

/// Brings `text` and `count` up to date; what is written next comes in their place.
static inline void editline_take_output(struct editline_output *_Nonnull output) {
  fflush(output->file);
  size_t count = output->count;
  rewind(output->file);
  output->count = count;
}

static inline EditLine *_Nullable editline_init(
    const char *_Nonnull program, const struct editline_output *_Nonnull output) {
  return el_init_fd(program, stdin, output->file, stderr, 0, 1, 2);
}

/// One of the settings that take an int: EL_SIGNAL, EL_PREP_TERM.
static inline int editline_set_number(EditLine *_Nonnull line, int setting, int value) {
  return el_set(line, setting, value);
}

static inline int editline_edits(EditLine *_Nonnull line) {
  int mode = 0;
  return el_get(line, EL_EDITMODE, &mode) == 0 && mode;
}

static inline int editline_is_vi(EditLine *_Nonnull line) {
  const char *name = 0;
  return el_get(line, EL_EDITOR, &name) == 0 && name && name[0] == 'v';
}

static inline int editline_set_map(EditLine *_Nonnull line, const char *_Nonnull name) {
  return el_set(line, EL_EDITOR, name);
}

/// Text between two `\1` in the prompt takes no columns.
static inline int editline_set_prompt(EditLine *_Nonnull line, editline_prompt _Nonnull prompt) {
  return el_wset(line, EL_PROMPT_ESC, prompt, (int)L'\1');
}

static inline int editline_set_reader(EditLine *_Nonnull line, editline_reader _Nonnull reader) {
  return el_wset(line, EL_GETCFN, reader);
}

static inline int editline_set_owner(EditLine *_Nonnull line, void *_Nonnull owner) {
  return el_set(line, EL_CLIENTDATA, owner);
}

static inline void *_Nullable editline_owner(EditLine *_Nonnull line) {
  void *owner = 0;
  el_get(line, EL_CLIENTDATA, &owner);
  return owner;
}

/// libedit keeps pointers to the name, hence the literal.
static inline int editline_add_action(EditLine *_Nonnull line, editline_action _Nonnull action) {
  return el_wset(line, EL_ADDFN, L"mfsh-key", L"Editing of statements", action);
}

static inline int editline_bind(EditLine *_Nonnull line, const wchar_t *_Nonnull key, const wchar_t *_Nonnull name) {
  return el_wset(line, EL_BIND, key, name, (wchar_t *)0);
}

static inline int editline_bind_alternate(
    EditLine *_Nonnull line, const wchar_t *_Nonnull key, const wchar_t *_Nonnull name) {
  return el_wset(line, EL_BIND, L"-a", key, name, (wchar_t *)0);
}

/// While a line is edited, Ctrl-C and Ctrl-Z are keys and not signals, and Ctrl-S does not stop the terminal.
static inline int editline_take_terminal_keys(EditLine *_Nonnull line) {
  return el_set(line, EL_SETTY, "-d", "-isig", "-ixon", (char *)0);
}

/// Gives the terminal a capability; an empty value takes it away.
static inline int editline_set_capability(
    EditLine *_Nonnull line, const char *_Nonnull name, const char *_Nonnull value) {
  return el_set(line, EL_SETTC, name, value, (char *)0);
}

static inline int editline_refresh(EditLine *_Nonnull line) { return el_set(line, EL_REFRESH); }

/// Declared here because the headers do so only under _XOPEN_SOURCE, which Swift's importer does not set.
extern int wcwidth(wchar_t);
static inline int editline_columns(wchar_t character) { return wcwidth(character); }

/// Has a program that is being started make its process group the terminal's foreground one. Under a name of ours, since
/// glibc's header shows it with _GNU_SOURCE only, and including that here would take its types from Swift's Glibc.
extern int editline_add_foreground(
    void *_Nonnull spawn_actions, int terminal) __asm__("posix_spawn_file_actions_addtcsetpgrp_np");
