/*
 * `why`: a watcher that stays outside every namespace, sees which calls of the command failed, compares them with the
 * host, and writes them down. It changes nothing, and names no rule: that is Java's, when the command has ended.
 */
#ifndef HEXE_OBSERVE_H
#define HEXE_OBSERVE_H

#include <stdbool.h>
#include <stdint.h>

struct observation {
    char **question;  /* the arguments that chose the profile */
    const char *file; /* where it goes; NULL: as words to standard error */
    bool notes;       /* as it was seen, for `learn`; else Java says which rule it was */
    bool uses;        /* what worked as well */

    /* Says which rule each of the records was, to standard error or, where it is not -1, into the file. */
    void (*explain)(char *const *question, int records, int file);
};

/*
 * Becomes two processes: the watcher, which does not return, and the launcher, which goes on. When the latter has ended
 * the watcher hands on what it has seen, and ends as it did. The file is opened before the command could put anything
 * in its place.
 */
void observe_start(const struct observation *observation);

/* What the supervisor knows of the end, and no call shows. */
struct limits_reached {
    bool time, memory, memory_elsewhere; /* the last: it ran out, but not at the sandbox's own limit */
    uint64_t refused_forks;
};

/* In the supervisor, when the command has ended: the watcher gets to know of limits; where nobody watches, nothing is done. */
void observe_end(const struct limits_reached *limits);

/* The launcher's end of the socket to the watcher, or -1 where nobody watches. */
int observe_socket(void);

#endif
