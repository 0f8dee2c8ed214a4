/*
 * How far the sandbox has come, told to the supervisor by the processes inside, where somebody outside wants to know.
 * The other end is closed when the command is executed.
 */
#ifndef HEXE_PROGRESS_H
#define HEXE_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct run;

enum { PROGRESS_NAMESPACES = 8, PROGRESS_TEXT = 4096 };

enum progress_kind {
    PROGRESS_END = 0,      /* the other end is closed */
    PROGRESS_ENTERED = 1,  /* the child is in its namespaces, which are these */
    PROGRESS_SET_UP = 2,   /* the command's process is ready, and has this id out here */
    PROGRESS_EXECUTES = 3, /* nothing is waited for any more */
    PROGRESS_FAILED = 4,   /* no command was run, with this exit status, and this is why */
};

struct progress {
    uint32_t kind;
    int32_t status;
    uint64_t namespaces[PROGRESS_NAMESPACES]; /* their inodes in the order of progress_namespace; 0: not known */
    char text[PROGRESS_TEXT];
};

/* The name that /proc/PID/ns has for a namespace, and the flag that makes one. */
const char *progress_namespace(unsigned index, uint64_t *flag);

/* The two ends: [0] is the supervisor's, which is watched, [1] goes inside; -1 where nobody wants to know. */
void progress_open(const struct run *run, int ends[2]);

/* Inside; they do nothing where nobody wants to know. */
void progress_entered(const struct run *run);
void progress_tell(const struct run *run, enum progress_kind kind);
void progress_tell_failures(const struct run *run);

/* Outside: has SIGURG sent when there is something to take. */
void progress_watch(int socket_end);

/* Outside: false when there is nothing to take yet. `sender` is who told it. */
bool progress_take(int end, bool wait, struct progress *progress, pid_t *sender);

#endif
