/* Files that are made for the sandbox and mounted where something is already: nobody is to see where they are made. */
#ifndef HEXE_STAGING_H
#define HEXE_STAGING_H

#include <stdint.h>
#include <sys/types.h>

#include "run.h"

/* Covers the root with an empty tmpfs, which is returned. */
int stage_begin(void);

/* Makes the file in it and opens it for writing; ends the process on failure. */
int stage_file(int stage, mode_t mode);

/* Mounts the file at a destination, and leaves nothing else of it. `flags` are MOUNT_CREATE and MOUNT_PLAIN. */
void stage_mount(struct run *run, int stage, const struct operand *destination, uint64_t attributes,
                 uint64_t flags);

#endif
