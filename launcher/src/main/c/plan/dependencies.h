/* The files a plan was compiled from, and whether they are still what they were. */
#ifndef HEXE_DEPENDENCIES_H
#define HEXE_DEPENDENCIES_H

#include <stdbool.h>
#include <time.h>

#include "plan.h"

/* Whether all that counts of a record is which name is in a directory: only for such a directory can stand. */
bool dependency_is_of_names(const struct record *record);

/* The first file that has changed, appeared or vanished; NULL when there is none. */
const char *dependencies_changed(const struct plan *plan);

/*
 * Whether a file changed when, or so shortly before, the compiler was started that a change behind its back could have
 * left no trace.
 */
bool dependencies_are_recent(const struct plan *plan, struct timespec start);

/* The directory that relative paths were taken from, when it is not the one we are in; NULL otherwise. */
const char *dependencies_other_directory(const struct plan *plan);

/* Whether this host has rules of its site; what cannot be examined may be some. */
bool dependencies_site_has_rules(void);

/* Whether this host has rules of its site that the plan was compiled without, because it knows nothing of them. */
bool dependencies_lack_rules(const struct plan *plan);

/* The processor that the plan is for, when it is not `own`; NULL otherwise. */
const char *dependencies_other_architecture(const struct plan *plan, const char **own);

#endif
