/*
 * Git data that came into being and that git may obey without harm: a configuration in which no line names a program, as
 * `git init` and `git submodule add` write it, the file `commondir` of a linked worktree, and a file `.git` that leads to
 * such data, however old. Hooks never are.
 */
#ifndef HEXE_GIT_HARMLESS_H
#define HEXE_GIT_HARMLESS_H

#include <stdbool.h>
#include <time.h>

struct run;

/*
 * Below which directory is looked, the top of the work tree that it is in, the git directory that this shares with others,
 * and the same where it lies elsewhere; what is said, and since when.
 */
struct git_wish {
    const char *path, *top, *shared, *common, *text;
    struct timespec since;
};

/* Whether git may obey a file without harm. */
bool git_is_harmless(const struct run *run, const char *path, const struct git_wish *wish);

/* The same of all that git obeys in a git directory, however old. */
bool git_directory_is_harmless(const char *path);

/* Whether an entry of a directory of hooks is one, and none of git's samples. */
bool git_is_hook(const char *name);

/* What `core.worktree` says in the configuration of a submodule that is where it is called; NULL: it is of none. */
char *git_worktree_of(const char *configuration);

#endif
