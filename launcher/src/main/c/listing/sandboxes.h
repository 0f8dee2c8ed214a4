/* The sandboxes of this user that run: found in /proc alone, for nothing is written down anywhere when one starts. */
#ifndef HEXE_SANDBOXES_H
#define HEXE_SANDBOXES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "processes.h"
#include "text.h"

struct sandbox {
    pid_t supervisor, first;
    bool enterable; /* the first process can start another command inside */
    const char *profile; /* empty where the plan does not say */
    struct text command; /* words, each with its NUL */
    uint64_t age;        /* in seconds */
    uint64_t memory;     /* what its processes have in use together, in bytes; what they share counts for each */
    size_t processes;
};

/* Whether a process supervises a sandbox, and what there is to say of that. */
bool sandbox_of(const struct listed_process *process, const struct processes *all, struct sandbox *sandbox);

#endif
