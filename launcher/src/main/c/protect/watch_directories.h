/* The directories in which watched paths lie: most are in few, each of which is looked at once. */
#ifndef HEXE_WATCH_DIRECTORIES_H
#define HEXE_WATCH_DIRECTORIES_H

#include <stdbool.h>

#include "guard.h"
#include "run.h"

/* The place of the one that holds a path, which is opened where it is new. `usual`: nobody has listed the path. */
unsigned watch_directory_of(struct run *run, const char *path, const struct guarded_lines *lines, bool usual);

/* What cannot be looked at may well be there. */
bool watch_is_absent(int error);

/*
 * Before the command starts, an answer that says nothing about the path must not pass for one; but a path that nobody
 * listed ends no run: who protects it says what is wrong with it.
 */
void watch_require_answer(int error, const char *path, bool usual);

#endif
