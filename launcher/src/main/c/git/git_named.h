/* What a configuration of git names that git obeys besides: a directory of hooks, and other configurations. */
#ifndef HEXE_GIT_NAMED_H
#define HEXE_GIT_NAMED_H

#include <stdbool.h>

/* Of all that is included from one configuration: a file that includes itself twice would never end. */
enum { MOST_INCLUDED = 32 };

/* The value is the callee's until the next line; it is never empty. */
typedef void git_named(void *context, bool hooks, const char *value);

/* Calls for each `core.hooksPath`, and each `path` of an `include` or `includeIf`. The text is changed. */
void git_each_named(char *text, git_named *each, void *context);

/* A path as git takes it, from a directory or the home. */
char *git_path_from(const char *directory, const char *path);

/* The directory whose files are hooks, named from the top of a work tree; those in husky's `_` run the ones above them. */
char *git_hooks_from(const char *top, const char *path);

#endif
