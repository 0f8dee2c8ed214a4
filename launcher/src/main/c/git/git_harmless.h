/* Which of git's data that came into being need no warning. */
#ifndef HEXE_GIT_HARMLESS_H
#define HEXE_GIT_HARMLESS_H

#include <stdbool.h>

/*
 * Whether git may obey a file without harm; what lies above `highest` is not taken for the repository around it, and
 * `common` is what its worktrees share where that lies elsewhere, or NULL.
 */
bool git_is_harmless(const char *path, const char *highest, const char *common);

/* What `core.worktree` says in the configuration of a submodule that is where it is called; NULL: it is of none. */
char *git_worktree_of(const char *configuration);

#endif
