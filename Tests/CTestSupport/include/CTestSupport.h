// GNU extensions of the C library, which Swift's Glibc module does not offer.
#pragma once
#include <spawn.h>
#include <stddef.h>

/// Opens a pseudo terminal and writes the path of its other side; the descriptor, or -1.
int support_open_terminal(char *_Nonnull path, size_t capacity);

int support_change_folder(posix_spawn_file_actions_t *_Nonnull actions, const char *_Nonnull folder);
int support_close_from(posix_spawn_file_actions_t *_Nonnull actions, int first);

/// The flag that starts the program in a session of its own.
short support_new_session_flag(void);

/// Whether the bytes of `part` stand in those of `all`.
int support_contains(const void *_Nullable all, size_t count, const void *_Nullable part, size_t part_count);
