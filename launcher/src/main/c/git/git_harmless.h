/* Which of git's data that came into being need no warning. */
#ifndef HEXE_GIT_HARMLESS_H
#define HEXE_GIT_HARMLESS_H

#include <stdbool.h>

/* Whether git may obey a file without harm. */
bool git_is_harmless(const char *path);

/* What `core.worktree` says in the configuration of a submodule that is where it is called; NULL: it is of none. */
char *git_worktree_of(const char *configuration);

#endif
