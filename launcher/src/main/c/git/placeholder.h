/*
 * Names at which nothing is yet, and that would make git obey something else. As long as a sandbox runs, something is
 * there that means nothing to git: what is there can be protected. Whoever is the last to need it removes it.
 */
#ifndef HEXE_PLACEHOLDER_H
#define HEXE_PLACEHOLDER_H

#include <stdbool.h>

struct placeholder {
    const char *name;
    const char *content; /* of a file; NULL: it is an empty directory */
};

/*
 * Makes one in a directory, or takes part in one that another sandbox has made or left behind. What else is there, is
 * left alone; where this user can make nothing, the command cannot either. False: too many are held.
 */
bool placeholder_hold(const char *directory, const struct placeholder *placeholder);

/* Whether one is at a path that somebody holds. */
bool placeholder_is_held(const char *path, const struct placeholder *placeholder);

/* Removes those that no other sandbox holds; safe to call when there are none. */
void placeholders_remove(void);

#endif
