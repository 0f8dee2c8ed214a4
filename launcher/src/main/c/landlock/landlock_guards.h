/* What rules of Landlock leave out, although they are for a directory above it. */
#ifndef HEXE_LANDLOCK_GUARDS_H
#define HEXE_LANDLOCK_GUARDS_H

#include <sys/stat.h>

#include "run.h"

/* A name on the way to something that is kept from the command, or that itself. */
struct guarded;

/* To be called when all of them are known: looks for each, so that they are known by whatever name. */
void guards_look(struct run *run);

/*
 * What is kept from the command somewhere below an opened directory, for a rule with these rights; NULL where nothing
 * is, so that one rule will do.
 */
struct guarded *guards_below(struct run *run, int directory, uint64_t rights);

/* Which of these rights the working directory gets: fewer where it lies in something that is guarded. */
uint64_t guards_allow(const struct run *run, const char *path, int directory, uint64_t rights);

/* landlock.c: allows something beneath an opened path; rights that are only for directories are left out of others'. */
void landlock_allow(const struct run *run, int file, uint64_t rights, const char *path);

/* landlock.c: allows it of an open file; nothing where the kernel knows no path of it, and so asks for no rule. */
void landlock_allow_stream(const struct run *run, int file, uint64_t rights);

/* landlock_siblings.c: allows everything in a directory, each entry by itself, but for what is guarded. */
void landlock_allow_around(struct run *run, const struct guarded *guarded, int directory, const char *path,
                           uint64_t rights);

enum { GUARDED_LINK = 1, GUARDED_UNSEEN = 2, GUARDED_HIDDEN = 4 };

struct guarded {
    const char *name;
    bool protect, hide; /* neither: it is on the way */
    bool plain;         /* the compiler saw no symlink here */
    bool there;         /* or cannot be looked at */
    bool known;         /* then these are the numbers of it */
    dev_t device;
    ino_t inode;
    struct guarded *first, *next; /* below, and beside */
};

struct guarded *guards_find(const struct guarded *directory, const char *name, size_t length);

/* What is left of rights on something that is guarded itself, and of those on a directory above it. */
uint64_t guards_leave(const struct guarded *guarded, uint64_t rights);
uint64_t guards_leave_above(const struct guarded *directory, uint64_t rights);

/* Whether this is something guarded, or above it, by another name than `but`. */
bool guards_are_at(const struct run *run, const struct stat *status, const struct guarded *but);

#endif
