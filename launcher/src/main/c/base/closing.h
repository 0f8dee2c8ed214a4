/*
 * Descriptors that are done with, closed many at a time. The set-up opens a hundred directories and mounts for a moment:
 * what is not closed at once is closed by the one call that closes everything else before the command, or with those of
 * neighbouring numbers.
 *
 * For what only names a file or a mount, opened with O_PATH or to be listed. What is written to, locked, or waited for at
 * its other end is closed at once.
 */
#ifndef HEXE_CLOSING_H
#define HEXE_CLOSING_H

#include <stdbool.h>

/* It may be closed now or later; nobody uses it from here on. -1 is none. */
void close_later(int descriptor);

/* Closes all that is left, before this process waits or has a child that outlives the set-up. */
void close_all_left(void);

/* Those from a number on have been closed by somebody who closes everything. */
void close_forget(unsigned first);

/* Whether there is room for it; else each one is closed at once. */
void close_may_wait(bool may);

#endif
