/* What git obeys in a git directory, and in a file `.git`: what of it is new is reported, and made inert where it may be. */
#ifndef HEXE_GIT_DIRECTORY_H
#define HEXE_GIT_DIRECTORY_H

#include <stdbool.h>
#include <sys/stat.h>

#include "git_harmless.h"

/* Git directories that were looked at: a file `.git` may lead to one that was found by its name. */
struct git_looked_at {
    dev_t device;
    ino_t inode;
};

struct git_findings {
    const struct run *run;
    const struct git_wish *wish;
    struct git_looked_at *looked_at;
    unsigned looked_at_count;
    unsigned found;
};

/* Whether something was changed since then. */
bool git_is_new(const struct git_findings *findings, const struct stat *status);

/*
 * A descriptor of a directory; one below the top is reached by no symlink. One that the command has closed is opened: git
 * finds what is in it by name. -1 where it cannot be opened.
 */
int git_open_directory(const struct git_findings *findings, const char *path, bool top);

/* Something that git obeys, in an opened directory, or -1: it is only reported. */
void git_tell(struct git_findings *findings, int directory, const char *path);

void git_directory_look(struct git_findings *findings, int directory, const char *path);

/*
 * git_outside.c: the hooks and the configurations that the one of a git directory names, wherever they lie. What of them is
 * new is reported and stays as it is: most are files of a work tree.
 */
void git_named_look(struct git_findings *findings, const char *git, const char *shared, const char *top);

/* The same of the work tree that the command ran in: what is named there and was missing at the start is not protected. */
void git_named_look_here(struct git_findings *findings);

/* False: it was not, and is remembered. */
bool git_was_looked_at(struct git_findings *findings, const struct stat *status);

/* A directory that has a file `.git`. */
void git_link_look(struct git_findings *findings, int directory, const char *path);

/* Reports how many were too many to be named. */
void git_findings_end(struct git_findings *findings);

#endif
