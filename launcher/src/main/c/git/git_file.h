/* A file `.git`, as linked worktrees and submodules have it: it leads to a git directory that lies elsewhere. */
#ifndef HEXE_GIT_FILE_H
#define HEXE_GIT_FILE_H

#include <stdbool.h>

struct git_wish;
struct run;

/* The git directory, and the one that it shares with others; real paths, or NULL: there is none. */
struct git_file {
    char *directory, *common;
};

struct git_file git_file_read(const char *path);

/*
 * Whether it leads to harmless data, however old, below the directory that is looked at or below what that shares; or the
 * git directory, which the command cannot write, names this file.
 */
bool git_file_is_fine(const struct run *run, const char *path, const struct git_wish *wish);

#endif
