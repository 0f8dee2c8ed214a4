/* Which of git's data that came into being need no warning. */
#ifndef HEXE_GIT_HARMLESS_H
#define HEXE_GIT_HARMLESS_H

#include <stdbool.h>

/* Whether git may obey a file without harm; what lies above `highest` is not taken for the repository around it. */
bool git_is_harmless(const char *path, const char *highest);

#endif
