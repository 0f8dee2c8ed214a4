/* What the host hands over, and what is there already. */
#ifndef HEXE_SOURCE_H
#define HEXE_SOURCE_H

#include "run.h"

extern const char help_for_links[];

/* Opens a source without following a symlink anywhere in its path; -1 and errno, which is ELOOP where there is one. */
int source_open(const char *path);

/* The same for a file, to be read; -1 and errno as well. */
int source_open_file(const char *path);

enum {
    COVERS_APART = 1,      /* the profile keeps what the host has there from the command, or from changes */
    COVERS_NO_EXECUTE = 2, /* nothing in it can be executed */
    COVERS_READ_ONLY = 4,  /* nothing of the host's can be written there */
    COVERS_FIRMLY = 8,     /* nor in a working directory there */
};

/*
 * Remembers a destination. Only here is it known where `@cwd` is. A working directory is refused that would cover what
 * has been mounted at it or below, that would be found at another place together with what is kept apart, or that lies
 * where nothing can be executed and would come without that.
 */
void covers_remember(struct run *run, const struct operand *source, const char *destination, uint64_t kind);

/* What the working directory lies in, at its own place: the COVERS_* bits of the nearest; 0 where there is none. */
uint64_t covers_around(const struct run *run);

/*
 * A guarded path of the host: where the working directory is to be found at another place as well, together with it, that
 * is refused; and so is a part of it, where it is guarded alone.
 */
void covers_guard(const struct run *run, const struct operand *guarded, bool alone);

/*
 * A guarded path in the working directory, or in one above it, of which only the launcher knows where it is: where it exists and is seen, or
 * written, under another name as well, because a bound tree holds the working directory, that is refused.
 */
void covers_guard_here(const struct run *run, const struct operand *guarded, bool hidden);

/*
 * The other names at which something of the host is to be found as well, because a tree that holds it is mounted there;
 * none below what has any of the bits *but*.
 */
typedef void covers_name(struct run *run, const char *path);
void covers_other_names(struct run *run, const char *path, uint64_t but, covers_name *each);

/* The same for a symlink itself, not what it leads to. */
void covers_other_names_of_link(struct run *run, const char *path, uint64_t but, covers_name *each);

/* Whether a path-beneath rule for `@cwd` would give back what an earlier rule withholds; remembers the rule otherwise. */
bool covers_grants_more(struct run *run, const struct operand *path, uint64_t access);

#endif
