/* A clock that nobody sets. */
#ifndef HEXE_CLOCK_H
#define HEXE_CLOCK_H

#include <stdint.h>

/* Microseconds since some time before the start, see CLOCK_MONOTONIC in clock_gettime(2). */
uint64_t clock_now(void);

/* The time so many milliseconds after another one, or the last one that there is. */
uint64_t clock_later(uint64_t start, uint64_t milliseconds);

#endif
