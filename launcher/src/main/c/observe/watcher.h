/* The process that sees the command's calls fail. */
#ifndef HEXE_OBSERVE_WATCHER_H
#define HEXE_OBSERVE_WATCHER_H

#include <sys/types.h>

struct observation;

/* What the launcher says of itself when it asks to be watched. */
enum {
    GIVES_UP = 1,    /* it gains no privileges from here on, which takes nothing else to be watched */
    HAS_GATEWAY = 2, /* between the command and the network: that has seen what was refused, too */
};

/* Before there is a launcher: from here on whoever writes into the other end of the socket is traced. */
void watcher_prepare(int socket_end);

/* In the launcher: signals are as they were. */
void watcher_forget(void);

/* Watches until the launcher and all that is traced have ended, reports, and ends as the launcher did. */
_Noreturn void watcher_run(pid_t launcher, const struct observation *observation, int report);

#endif
