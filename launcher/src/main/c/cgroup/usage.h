/* What a command used. */
#ifndef HEXE_USAGE_H
#define HEXE_USAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>

#define USAGE_UNKNOWN UINT64_MAX

struct usage {
    bool from_cgroup;   /* of all processes together; else what wait4 says, and memory is that of the largest one */
    uint64_t memory;    /* bytes, at the most */
    uint64_t cpu;       /* microseconds */
    uint64_t throttled; /* microseconds in which the limit kept it waiting */
    uint64_t processes; /* at the most */
    uint64_t wall;      /* microseconds */
};

struct usage usage_measure(int cgroup, const struct rusage *resources, uint64_t wall);

/* The number behind a key in one of the cgroup's files, `KEY NUMBER` on each line. */
uint64_t usage_event(int cgroup, const char *file, const char *key);

/*
 * The text with numbers in the place of `@memory` and `@peak` (MiB), `@cpu`, `@throttled` and `@wall` (seconds),
 * `@processes`, `@count` and `@signal`; a `?` for what is not known.
 */
void usage_fill(char *to, size_t size, const char *text, const struct usage *usage, uint64_t count, const char *signal);

#endif
