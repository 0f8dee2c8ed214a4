/* What was added to a configuration of git, judged by rules that come with the plan. */
#ifndef HEXE_GIT_CONFIG_H
#define HEXE_GIT_CONFIG_H

#include "run.h"

/*
 * Lines `NAME` or `NAME=VALUE`, in which `*` stands for any part. What one of the programs means names a program that git
 * runs, or leads it to one; what one of the harmless means does not. Of everything else nothing is known.
 */
struct git_rules {
    const char *harmless, *programs;
};

/* git_lines.c: says which lines a text has that the one before has not, and what they mean; false: there are too many. */
bool git_lines_tell(const struct run *run, const char *path, char *before, char *after, const struct git_rules *rules);

#endif
