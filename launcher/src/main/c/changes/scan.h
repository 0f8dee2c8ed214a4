/* What a command has changed in the trees that it could write, compared with how they were and with how they are now. */
#ifndef HEXE_SCAN_H
#define HEXE_SCAN_H

#include <stdbool.h>
#include <sys/stat.h>

#include "snapshot.h"
#include "text.h"

enum change_kind { CHANGE_ADD, CHANGE_EDIT, CHANGE_MODE, CHANGE_TIME, CHANGE_REMOVE };

struct tree {
    const char *name, *path; /* in the record, and on the host */
    const char *only;        /* the one entry that counts; empty: all */
    const char *part;        /* `upper` or `copy` */
    int place, after, host;  /* descriptors; host is -1 where the tree is not what it was */
    bool copied;
    struct snapshot before, copy;
};

struct change {
    enum change_kind kind;
    const char *state; /* `clean`, or why nothing is done: a conflict with what is there now, or never carried out */
    bool conflict;
    const struct tree *tree;
    const char *path, *link; /* what a symlink says, or NULL */
    const struct entry *before; /* NULL: there was none */
    struct stat after;          /* all zero where it was removed */
};

struct scan {
    struct tree *trees;
    unsigned tree_count;
    struct change *changes;
    size_t count;
};

/* Compares the record that is open at `directory`. */
void scan_take(struct scan *scan, int directory);

/* The same where the trees are open already. */
void scan_trees(struct scan *scan);

/* The line that names a change and what it would put there, without what is on the host now. */
void scan_name(const struct change *change, struct text *line);

#endif
