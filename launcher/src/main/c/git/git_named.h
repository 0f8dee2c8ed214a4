/* What a configuration of git names that git obeys besides: directories of hooks, and other configurations. */
#ifndef HEXE_GIT_NAMED_H
#define HEXE_GIT_NAMED_H

#include <stdbool.h>

/* Of all that is included from one configuration: a file that includes itself twice would never end. */
enum { MOST_INCLUDED = 32 };

/*
 * `core.hooksPath`, `init.templateDir`, `core.worktree`, `path` of an `include` or `includeIf`, and each word with a slash of what
 * names a program by the rules of the plan, such as `node ./tools/clean.js` of a filter.
 */
enum git_name { GIT_NAMES_HOOKS, GIT_NAMES_TEMPLATE, GIT_NAMES_WORK_TREE, GIT_NAMES_CONFIGURATION, GIT_NAMES_PROGRAM };

/* The value is the callee's until the next line; it is never empty. */
typedef void git_named(void *context, enum git_name kind, const char *value);

/* Calls for each of them. */
void git_each_named(const char *text, git_named *each, void *context);

/* The same of a single entry, and of each word of a command. */
void git_named_by(const char *name, const char *value, git_named *each, void *context);
void git_named_in_command(const char *command, git_named *each, void *context);

/* git_environment.c: the same of what variables of the caller say, in the place of a configuration or before it. */
void git_each_in_environment(git_named *each, void *context);

/*
 * git_environment.c: the configurations of a user and of the host, by the variables of the caller: git obeys them in every
 * repository. Calls for each, whether it is there or not.
 */
typedef void git_users(void *context, const char *path);
void git_each_of_user(git_users *each, void *context);

/* The work tree that a configuration names, from its git directory; `usual` where it names none, or there is no text. */
const char *git_work_tree_from(const char *text, const char *git, const char *usual);

/* Whether a path means the same from every directory. */
bool git_is_absolute(const char *path);

/* A path as git takes it, from a directory or a home. */
char *git_path_from(const char *directory, const char *path);

/* The directory whose files are hooks, named from the top of a work tree; those in husky's `_` run the ones above them. */
char *git_hooks_from(const char *top, const char *path);

#endif
