/* Lists of paths, of which a plan has more than a hundred. */
#ifndef HEXE_PATHS_H
#define HEXE_PATHS_H

#include "plan.h"

/*
 * Makes a text of each path where it is in the plan: copies of them would cost more than what is done with them. The
 * plan can be carried out from then on, but no longer be read or kept.
 */
void paths_separate(const struct plan *plan);

/* Whether that has been done, as in a plan that is kept. */
bool paths_are_separate(const struct plan *plan);

/* The next path of such a list; before the first one `path` has no data. */
bool paths_next(const struct operand *list, struct operand *path);

/* Whether a list has more than one. */
bool paths_are_several(const struct operand *list);

#endif
