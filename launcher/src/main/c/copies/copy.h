/* What a file of the host holds, written to another file. */
#ifndef HEXE_COPY_H
#define HEXE_COPY_H

#include <stdbool.h>
#include <sys/stat.h>

#include "plan.h"

/* Opens a regular file to be read, following no symlink; -1 and errno, EINVAL where it is none. */
int copy_open(const char *path, struct stat *status);

/* The prefix, and behind it all that `from` yields; what was in the file is gone. */
bool copy_write(int from, int to, const struct operand *prefix);

#endif
