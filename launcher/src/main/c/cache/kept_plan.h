/* One plan that is kept: its bytes with what it was compiled from, and whether it may be used here and now. */
#ifndef HEXE_KEPT_PLAN_H
#define HEXE_KEPT_PLAN_H

#include <stdbool.h>

#include "kernel.h"
#include "plan.h"
#include "text.h"

/* The inputs that a plan was compiled from are kept with it as a note of this name, a line for each. */
#define CACHE_NOTE_OF_KEY "cache-key"

/* The cgroup that it was compiled in, where it makes one of its own. */
#define CACHE_NOTE_OF_CGROUP "cache-cgroup"

/* Reads the plan in an open file and tells the file's status. NULL: `plan` is it; else what is wrong with the file. */
const char *kept_plan_read(int file, struct plan *plan, struct stat *status);

/* NULL, or why the plan must not be used here and now. */
const char *kept_plan_why_not(const struct plan *plan, const struct text *key, const struct stat *status);

/* The plan as it is kept, with its notes; empty when that would be longer than a plan may be. */
struct text kept_plan_bytes(const struct plan *plan, const struct text *key);

#endif
