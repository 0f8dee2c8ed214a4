/* Directories in tmpfs mounts that we made: the only ones in which anything is made. */
#ifndef HEXE_OWN_DIRECTORIES_H
#define HEXE_OWN_DIRECTORIES_H

#include <stdbool.h>
#include <stddef.h>

#include "run.h"

/* Whether it lies in a tmpfs of ours. */
bool own_is(const struct run *run, int descriptor);

/* Ends the process where it does not. */
void own_require(const struct run *run, int directory, const char *path);

/*
 * A directory that is known to be ours, or -1; of length 0 the root. The text counts: where a mount could have changed what
 * it means, nothing is known.
 */
int own_known(const struct run *run, const char *path, size_t length);

/* It is known from here on. `path` is kept. */
void own_add(int directory, const char *path, size_t length);

/* Done with a directory of ours: it may be needed again. `path` is kept. */
void own_remember(const struct run *run, int directory, const char *path);

/* Done with a directory that may be another's. */
void own_release(const struct run *run, int directory);

/* It belongs to whom another one belongs to; what is not ours to give away stays the caller's own. */
void own_take_owner(int directory, const struct stat *status);

#endif
