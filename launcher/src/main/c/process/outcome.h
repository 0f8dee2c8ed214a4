/* How a command ended, and why. */
#ifndef HEXE_OUTCOME_H
#define HEXE_OUTCOME_H

#include <stdbool.h>
#include <sys/resource.h>

#include "run.h"

/* What `limit-text` speaks of. */
enum limit { LIMIT_MEMORY = 1, LIMIT_PROCESSES = 2, LIMIT_TIME = 3, LIMIT_SIGNAL = 4 };

struct outcome {
    int status;      /* as wait4 gives it */
    bool timed_out;  /* SIGTERM was sent for the time limit */
    bool hard;       /* and SIGKILL after that */
    int passed_on;   /* the last signal that somebody sent and the supervisor passed on, or 0 */
    uint64_t wall;   /* microseconds */
    struct rusage resources;
};

/* Says and writes what the plan asks for; before the cgroup is removed. */
void outcome_tell(struct run *run, const struct outcome *outcome);

#endif
