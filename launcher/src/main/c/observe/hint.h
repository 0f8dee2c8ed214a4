/* A hint at `why`. */
#ifndef HEXE_OBSERVE_HINT_H
#define HEXE_OBSERVE_HINT_H

struct run;

/* When the command has ended with this status of waitpid. */
void hint_say(const struct run *run, int status);

#endif
