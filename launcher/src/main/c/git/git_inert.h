/*
 * Git data that a command has left behind, and that would have git outside run a program: what git obeys in it is taken
 * away, and what it was stays beside it.
 */
#ifndef HEXE_GIT_INERT_H
#define HEXE_GIT_INERT_H

#include <stdbool.h>

/*
 * Of what a path names in an opened directory. False: git obeys it as before, because it is of a kind that stays, or
 * nothing can be done.
 */
bool git_make_inert(int directory, const char *path);

#endif
