/* Files that are kept from the command within what it can reach. */
#ifndef HEXE_GUARD_H
#define HEXE_GUARD_H

#include "run.h"

/* The next line of a text, as an operand of its own; false behind the last one. */
bool next_line(const char **text, struct operand *line);

/*
 * guard_lines.c: the paths of a list, of which `@above/x` stands for x in each directory above the working one, but for
 * the root. Starts out with the list alone.
 */
struct guarded_lines {
    const char *rest;
    const char *above; /* behind `@above`, while there are directories left: */
    size_t length;     /* that much of the working directory */
};

/* The next one, as an operand of its own; false behind the last one. */
bool guarded_next(const struct run *run, struct guarded_lines *lines, struct operand *line);

/* guard_kept.c: paths below a guarded one that the command gets nevertheless. */
struct kept {
    const char *path; /* relative to the guarded one */
    bool writable;
    int tree; /* a copy of it or, for mount(2), the file itself; -1: it is not there */
    struct kept *next;
};

/* Opens what the lines of a text name, `r PATH` or `w PATH`, in a directory that is about to be covered. */
struct kept *kept_take(int directory, const char *lines);

/* Puts those back into what covers the directory, with mount points that are made where `create`. */
void kept_put(const struct run *run, const char *path, struct kept *first, bool create);

/* watch.c: whether a path is known not to have been there when the launcher started. */
bool watch_is_missing(struct run *run, const char *path);

/* watch.c: says what has come into being, in words and, with a status descriptor, for programs. */
void watch_tell(const struct run *run);

#endif
