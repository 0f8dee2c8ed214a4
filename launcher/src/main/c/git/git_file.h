/* A file `.git`, as linked worktrees and submodules have it: it leads to a git directory that lies elsewhere. */
#ifndef HEXE_GIT_FILE_H
#define HEXE_GIT_FILE_H

#include <stdbool.h>

/* The git directory, and the one that it shares with others; real paths, or NULL: there is none. */
struct git_file {
    char *directory, *common;
};

struct git_file git_file_read(const char *path);

/* Whether it leads to a git directory. */
bool git_file_leads_to(const char *path, const char *directory);

#endif
