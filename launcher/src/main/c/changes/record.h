/* The directory of one run's changes, as it is made before the run. */
#ifndef HEXE_RECORD_H
#define HEXE_RECORD_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "run.h"

/* Where the path of that directory is written; -1: nowhere. */
void record_report_to(int pipe);

/* What was found before the run at a tree's source. */
struct recorded {
    const char *name;
    ino_t inode;
    uint64_t entries, bytes;
};

const struct recorded *record_find(const char *name);

/* A path in the directory of a tree. */
const char *record_path(const struct run *run, const char *tree, const char *part);

#endif
