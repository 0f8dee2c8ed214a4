/* What the watcher's files share: who is watched, and the calls that stop and continue threads. */
#ifndef HEXE_OBSERVE_WATCHED_H
#define HEXE_OBSERVE_WATCHED_H

#include <stdbool.h>
#include <sys/types.h>
#include <time.h>

#include "observe.h"

extern struct watched {
    int socket_end;
    volatile pid_t launcher; /* 0: it has ended */
    volatile pid_t seized;   /* the last one */
    volatile int problem;    /* why none could be */
    volatile int traits; /* of who is watched, see watcher.h */
    struct limits_reached limits; /* by the command, when it has ended */
    pid_t started; /* the launcher's number, also when it has ended */
    bool uses;     /* what works is taken down as well */
    time_t since;  /* this run */
} watcher;

/* ptrace(2), as the kernel has it. */
long watched_trace(long request, pid_t thread, unsigned long address, unsigned long data);

/* Traces who asks for it; also the handler of a signal. */
void watched_seize(int number);

/* Signals go on to the launcher. */
void watched_take_over_signals(void);

#endif
