/* Files that are made for the sandbox and mounted where something is already: nobody is to see where they are made. */
#ifndef HEXE_STAGING_H
#define HEXE_STAGING_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "run.h"

/* Covers the root with an empty tmpfs, which is returned. */
int stage_begin(void);

/*
 * The same for a file that fits into the new root: where a directory of the new root has been covered, that is returned, and nothing is mounted.
 * `stays_open`: the file will be written to later.
 */
int stage_begin_copy(const struct run *run, bool stays_open);

/* A new root was made; whether one of its directories is to be remembered when it is covered. */
void stage_expect(struct run *run);

/* Something is about to be mounted on a directory that was made for it. */
void stage_cover(struct run *run, int directory, const char *point);

/* The new root is complete. */
void stage_forget(struct run *run);

/* Makes the file in it and opens it for writing; ends the process on failure. */
int stage_file(int stage, mode_t mode);

/* Mounts the file at a destination, and leaves nothing else of it. `flags` are MOUNT_CREATE and MOUNT_PLAIN. */
void stage_mount(struct run *run, int stage, const struct operand *destination, uint64_t attributes,
                 uint64_t flags);

#endif
