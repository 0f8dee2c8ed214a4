/* Compiled plans, kept until the next boot. */
#ifndef HEXE_CACHE_H
#define HEXE_CACHE_H

#include <stdbool.h>
#include <time.h>

#include "plan.h"
#include "text.h"

/* Looks for the plan that was compiled from the same inputs. NULL: `plan` is it; else why there is none. */
const char *cache_find(struct plan *plan, const struct text *key);

/* The file that a plan with this key is kept in, without its directory. */
const char *cache_file(const struct text *key);

/* Keeps a plan whose compiler was started at `start`. What hinders that hinders nothing else. */
void cache_keep(const struct plan *plan, const struct text *key, struct timespec start);

/* Whether it was compiled for one command, because what was configured depends on the command. */
bool cache_is_for_command(const struct plan *plan);

/* Whether its profile was read from the standard input: no key says what that was. */
bool cache_is_from_input(const struct plan *plan);

/* The directory, open, where the plan of this run is kept in it; else -1. */
int cache_open_of_kept(void);

/* Removes what is kept under this key. */
void cache_forget(const struct text *key);

#endif
