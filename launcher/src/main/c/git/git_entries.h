/* A configuration of git, taken apart as git does it. */
#ifndef HEXE_GIT_ENTRIES_H
#define HEXE_GIT_ENTRIES_H

#include <stddef.h>

/*
 * A name such as `core.hookspath` or `filter.LFS.clean`, whose first and last parts are in small letters, and its value. Both
 * are the callee's.
 */
typedef void git_entry(void *context, const char *name, const char *value);

/* Calls for each entry of a text. Where git would see a mistake, and do nothing, reading goes on in the next line. */
void git_each_entry(const char *text, git_entry *each, void *context);

/* The first and the last part of a name in small letters. */
char *git_entry_name(const char *name, size_t length);

#endif
