// libedit for Swift: its setters are variadic and its init takes FILE *, neither of which Swift can use.
// One wrapper with a fixed signature for each use.
#pragma once
#include <histedit.h>
#include <stdio.h>

static inline EditLine *_Nullable editline_init(const char *_Nonnull program) {
  return el_init(program, stdin, stdout, stderr);
}
