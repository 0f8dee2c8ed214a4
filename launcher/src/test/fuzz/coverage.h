/* Which branches the code under test has taken. */
#ifndef HEXE_COVERAGE_H
#define HEXE_COVERAGE_H

#include <stdbool.h>
#include <stddef.h>

/* Whether a branch was taken that had never been taken before, since this was asked last. */
bool coverage_is_new(void);

size_t coverage_count(void);

#endif
