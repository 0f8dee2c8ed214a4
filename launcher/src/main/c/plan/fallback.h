/*
 * Trying a plan that was compiled some time ago. When it fails before anything was done that cannot be taken back, and
 * before the command ran, it is as if it had never been tried: the launcher starts over with a new plan. Otherwise the
 * failure is final, as with any other plan.
 */
#ifndef HEXE_FALLBACK_H
#define HEXE_FALLBACK_H

#include <stdbool.h>
#include "plan.h"

/*
 * From here on a failure leads to `start_over`, which does not return. When it is too late for that, `forget` is called
 * instead, so that the next run does not fail in the same way.
 */
void trial_begin(void (*start_over)(void), void (*forget)(void));

/* Before each action in the launcher's own process. */
void trial_before(const struct record *record);

/* Around clone: what fails in the child is told to the supervisor, and what fails in the supervisor is final. */
void trial_before_spawn(void);
void trial_in_child(void);
void trial_in_supervisor(void);

/* The command may run from here on, beside this process. */
void trial_end(void);

/* Whether the child has said that it failed, so that there is nothing to tell of a command. */
bool trial_failed(void);

/* The child has ended, and what was made has been removed: starts over when the child had failed. */
void trial_conclude(void);

#endif
