/* What was added to a configuration of git, judged by rules that come with the plan. */
#ifndef HEXE_GIT_CONFIG_H
#define HEXE_GIT_CONFIG_H

#include "run.h"

/*
 * Lines `NAME` or `NAME=VALUE`, in which `*` stands for any part. What one of the programs means names a program that git
 * runs, or leads it to one; what one of the harmless means does not. Of everything else nothing is known.
 */
struct git_rules {
    const char *harmless, *programs;
};

/* git_lines.c: says which lines a text has that the one before has not, and what they mean; false: there are too many. */
bool git_lines_tell(const struct run *run, const char *path, char *before, char *after, const struct git_rules *rules);

/* Whether every line means nothing but harmless things; `worktree` is what core.worktree may say, or NULL. */
bool git_lines_are_harmless(char *text, const struct git_rules *rules, const char *worktree);

/* git_config.c: the same of a file. Nothing is known to be harmless where the plan has no rules. */
bool git_config_is_harmless(const char *path, const char *worktree);

/*
 * Those lines of a text that are plain and name no program, below their headers, and whether there were others; NULL:
 * there are too many.
 */
char *git_lines_without_programs(char *text, const struct git_rules *rules, const char *worktree, bool *fewer);

/* Whether a line seems to name a program, in a file that need not be git's. */
bool git_lines_name_programs(char *text, const struct git_rules *rules);

/* Whether an entry names a program. */
bool git_rules_name_program(const struct git_rules *rules, const char *name, const char *value);

/* git_config.c: the same by the rules of the plan; false where it has none. */
bool git_config_is_program(const char *name, const char *value);

/* git_config.c: the same of a file, by the rules of the plan, which may have none. */
bool git_config_has_rules(void);
char *git_config_without_programs(const char *path, const char *worktree, bool *fewer);
bool git_config_names_programs(const char *path);

/*
 * git_placeholders.c: whether something that git obeys may be the command's: it could write there, nobody listed that for
 * writing, and it is not in a git directory that was known at the start, and so is protected and changed by the host alone.
 */
bool git_may_be_planted(const struct run *run, const char *path);

/* The same: a git directory that was known at the start. */
bool git_is_known(const char *directory);

/* The same: whether another sandbox has something at a path that means nothing to git, and goes with that sandbox. */
bool git_is_placeholder(const char *path);

/* The same: whether it lies in a tree that the command can write; of a plan that names none, nothing is known. */
bool git_is_writable(const struct run *run, const char *path);

#endif
