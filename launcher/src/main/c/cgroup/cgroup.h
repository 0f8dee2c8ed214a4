/* Directories and files of a cgroup v2 file system. */
#ifndef HEXE_CGROUP_H
#define HEXE_CGROUP_H

#include <stdbool.h>
#include <stddef.h>

struct run;

/* Where a launcher in a scope of its own stays. */
#define CGROUP_OF_SUPERVISOR "supervisor"

/* cgroup_files.c: -1 and errno, or a descriptor or 0. */
int cgroup_open(int parent, const char *path, int flags);
int cgroup_write(int directory, const char *file, const char *value);

/* The text of a file, cut where `text` ends; empty and false when it cannot be read. */
bool cgroup_read(int directory, const char *file, char *text, size_t size);

/* cgroup.c */
void cgroup_enter(const struct run *run, int processes);
int cgroup_open_processes(const struct run *run);

/* cgroup_end.c: kills everything in the cgroup and below it. */
void cgroup_kill(const struct run *run);

/* cgroup_end.c: kills what is left, and removes the cgroup with those the command made below it. */
void cgroup_remove(struct run *run);

/*
 * cgroup_end.c: does the same to the cgroups in `parent` that launchers left which were killed themselves. They are
 * named PREFIXPID-RANDOMSUFFIX.
 */
void cgroup_collect(int parent, const char *prefix, const char *suffix);

#endif
