/* What is told to programs outside while a sandbox lives: see docs/status.md. */
#ifndef HEXE_STATUS_H
#define HEXE_STATUS_H

#include "run.h"
#include "usage.h"

struct status_end {
    const char *cause;
    const char *signal; /* the name of the one that ended the command */
    uint64_t refused_forks;
    struct usage usage;
};

/* In the supervisor, when the child has been started. */
void status_begin(struct run *run);

/* On SIGURG: takes what the sandbox has told. */
void status_look(struct run *run);

/* When the child has ended; before it is known how a command did. True when there was one. */
bool status_command_ran(struct run *run, int status);

/* The last line of a command that ran. */
void status_ended(const struct run *run, int status, const struct status_end *end);

#endif
