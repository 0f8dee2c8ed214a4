/* All processes that can be seen, as they were at one moment. */
#ifndef HEXE_PROCESSES_H
#define HEXE_PROCESSES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct listed_process {
    pid_t id, parent;
    uint64_t started; /* in ticks since the boot */
};

struct processes {
    struct listed_process *items; /* by their ids */
    size_t count;
};

struct processes processes_read(void);

/* Children, their children, and so on, nearest first. */
struct processes processes_below(const struct processes *all, pid_t process);

/* Its directory in /proc, or -1 where it is gone. */
int processes_open(pid_t process);

/* The rest of a line of its `status` that begins with this word, which ends in a colon; false where there is none. */
bool processes_status(pid_t process, const char *word, char *value, size_t size);

#endif
