/* The state of a tree at one time: what tells whether an entry has been changed since. Contents are not in it. */
#ifndef HEXE_SNAPSHOT_H
#define HEXE_SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

enum { TREE_DEPTH = 500 }; /* one descriptor is open for each directory above */

struct state {
    uint64_t inode, size, links;
    int64_t modified, changed;
    uint32_t modified_part, changed_part; /* nanoseconds */
    uint32_t mode, uid, gid;
    uint32_t length; /* of the path that follows in the file, with its NUL */
};

struct entry {
    struct state state;
    const char *path; /* relative to the tree; its root has none and is the first */
};

struct snapshot {
    struct entry *entries; /* sorted by path */
    size_t count;
};

struct state state_of(const struct stat *status);

/* Whether it is the same entry, unchanged. Of a directory its entries do not count. */
bool state_is(const struct state *state, const struct stat *status);

/* Writes the state of a tree into a new file; with `only`, of that one name in it. False and errno. */
bool snapshot_take(int tree, const char *only, int directory, const char *name);

/* Reads one; ends the process where it is damaged. */
void snapshot_read(struct snapshot *snapshot, int directory, const char *name);

/* NULL where there was no such path. */
const struct entry *snapshot_find(const struct snapshot *snapshot, const char *path);

/* The entries below a path are those from the result up to `end`. */
size_t snapshot_below(const struct snapshot *snapshot, const char *path, size_t *end);

#endif
