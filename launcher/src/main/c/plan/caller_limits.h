/* Room for the files that the set-up has open at the same time and for what it writes, where the caller has set low limits. */
#ifndef HEXE_CALLER_LIMITS_H
#define HEXE_CALLER_LIMITS_H

#include <stdbool.h>
#include <stdint.h>

/* Raises the soft limits, where they are low and the hard ones allow that. Where one cannot be raised, what needs more will say so. */
void caller_limits_raise(void);

/* Back to the caller's limits; before anything that is not ours can run, and before one of them is set. */
void caller_limits_restore(void);

/* Whether it is one of those. */
bool caller_limits_have(uint64_t resource);

#endif
