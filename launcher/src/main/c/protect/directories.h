/*
 * The directories below one, those near the top first, up to a number that is larger where the command took long; and
 * which of them have the same entries as in the last run. It takes one look at such a directory, and four calls to read it.
 *
 * Whatever is made in a directory, moved or removed changes its time of change, which nobody can set back. So one is the
 * same when its file system, its inode and that time are, the time being older than the look was by more than what a clock
 * can hide. What happens to a file in place does not show there: only a directory without such files is `plain`.
 */
#ifndef HEXE_DIRECTORIES_H
#define HEXE_DIRECTORIES_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include <time.h>

#include "text.h"

/* As it is kept for the next run; places are those in the list. */
struct directory {
    uint64_t device, inode;
    int64_t changed; /* seconds, and */
    uint32_t nanoseconds;
    uint32_t name;         /* where, among the names */
    uint32_t above;        /* itself at the top */
    uint32_t first, count; /* those in it */
    uint32_t before;       /* in the list of the last run, counted from 1; 0: it is not there */
    uint16_t deep;
    bool plain; /* it need not be read where it is the same */
    bool more;  /* there are others in it, for which there was no room */
    uint32_t unused; /* a gap would be written as it was in memory */
};

struct directory_list {
    struct directory *items;
    uint32_t count;
    struct text names;
};

struct directory_wish {
    uint32_t usual, most, most_deep;
    const struct timespec *since; /* when the command was started */
    const char *top, *other_top;  /* NULL: there is no other */
};

struct directories {
    struct directory_list now, before;
    uint32_t usual, most, most_deep; /* so many behind a short command; so many now */
    uint32_t worth; /* how many were read that need not be the next time */
    uint32_t same;  /* how many were not read */
    uint32_t next;  /* in the list of the last run, where the next name is probably found */
    int64_t begun;
    uint64_t device; /* the last one whose file system was asked for, and */
    bool trusted;    /* whether its times can be relied on */
    bool cut_off, was_told; /* some are too many or too deep; that was told in an earlier run */
};

/* As many as are usual, and more where the search may take its part of the time that the command took. */
void directories_begin(struct directories *all, const struct directory_wish *wish);

/* Another one, in one that is there. */
void directories_add(struct directories *all, uint32_t above, const char *name);

/* Its path, until the next call; empty for the root. NULL: it is longer than can be used. */
const char *directories_path(const struct directories *all, uint32_t place);

/* Whether it is the same and plain; those in it have been added then. */
bool directories_take_known(struct directories *all, uint32_t place, const char *path);

/* It is plain; it was opened, had this status, and was read then: all in it have been added. */
void directories_describe(struct directories *all, uint32_t place, const struct stat *status, int opened);

/*
 * Whether somebody is to be told that not all are searched. With many directories that is so in each run: it is told again
 * where most of those that fill the list are others than were there.
 */
bool directories_are_news(const struct directories *all);

/* Keeps what is known for the next run where that pays, and forgets it. */
void directories_end(struct directories *all);

#endif
