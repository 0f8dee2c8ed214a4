/* The names in a directory, read at once: of the many that are looked for few are there. */
#ifndef HEXE_NAMES_IN_H
#define HEXE_NAMES_IN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct names_in {
    unsigned asked; /* how often a name was looked for; the directory is read when that pays */
    bool expected;  /* to be looked for many times: it is read at once */
    bool unread;    /* it cannot be read, or holds too much */
    int error;      /* why it cannot; 0 where it holds too much */
    char *bytes;    /* the names, each ended by a NUL */
    unsigned *slots, mask;
};

/*
 * Whether there is no such name in a directory that is open for reading, as far as its list tells; false may also mean
 * that it takes a look. Names that differ in upper and lower case alone count as one: there are file systems to which they are.
 */
bool names_lack(struct names_in *names, int directory, const char *name);

/* Opens one to look for names in it: to read it or, where only that is allowed, to search it. */
int names_open(int directory, const char *path, uint64_t resolve);

/* Whether the list has answered: what it does not lack it has, or something like it. */
bool names_are_read(const struct names_in *names);

void names_forget(struct names_in *names);

enum { COARSE_TIME = 2 /* two changes within this many seconds may have one time */ };

/* Whether times tell when a file was changed: on file systems of this host's own; those of a server or of a program are their affair. */
bool times_are_kernels(int file);

/* An entry of a directory, as the kernel gives it. */
struct directory_entry {
    uint64_t inode, offset;
    uint16_t length;
    uint8_t type;
    char name[];
};

/* All entries of an opened directory, one behind the other; NULL: it cannot be read, or holds too much. */
char *directory_entries(int directory, size_t *length);

/* The same of one that is open for reading, from the beginning. */
char *directory_list(int opened, size_t *length);

/* The one at `at`, which goes on to the next; NULL: there are no more. */
const struct directory_entry *directory_next(const char *entries, size_t length, size_t *at);

/* Whether it is the directory itself, or that above. */
bool is_dots(const char *name);

/* A hash of a path, of which many are compared. */
unsigned path_hash(const char *path, size_t length);

#endif
