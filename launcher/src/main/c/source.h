/* What the host hands over, and what is there already. */
#ifndef HEXE_SOURCE_H
#define HEXE_SOURCE_H

#include "run.h"

extern const char help_for_links[];

/* Opens a source without following a symlink anywhere in its path; -1 and errno, which is ELOOP where there is one. */
int source_open(const char *path);

/*
 * Remembers a destination. Only here is it known where `@cwd` is: a working directory that would cover what has been
 * mounted at it or below is refused.
 */
void covers_remember(struct run *run, const struct operand *source, const char *destination);

/* Whether a path-beneath rule for `@cwd` would give back what an earlier rule withholds; remembers the rule otherwise. */
bool covers_grants_more(struct run *run, const struct operand *path, uint64_t access);

#endif
