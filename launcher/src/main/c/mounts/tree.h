/* The new root: where destinations are resolved, and the only places where anything may be created. */
#ifndef HEXE_TREE_H
#define HEXE_TREE_H

#include <stdbool.h>

#include "run.h"

/* Opens a destination inside the root, O_PATH; -1 and errno. */
int tree_resolve(const struct run *run, const char *path, int flags);

/* in_root.c: the same without openat2 (kernels before 5.6). */
int in_root_resolve(int root, const char *path, int flags, bool plain);

/* Opens a path inside the root without following a symlink anywhere: one at the end is opened itself. */
int tree_open(const struct run *run, const char *path);

/* in_root.c: the same, without openat2. */
int in_root_open(int root, const char *path);

/* Where something is to be mounted: a name in a directory of ours or, where that is empty, what is open itself. */
struct place {
    int directory;
    const char *name;
};

/* Finds a mount point, and makes it and its parents when `create`; ends the process on failure. */
struct place tree_place(const struct run *run, const char *path, bool file, bool create);

/* Done with a place. */
void tree_leave(struct place place);

/* The same as a descriptor of the mount point. */
int tree_mount_point(const struct run *run, const char *path, bool file, bool create);

/* own_directories.c, as the others here that speak of ours: to be called when something is mounted on what was there before: known directories may be covered now. */
void tree_forget(void);

/* The root is another one from here on; `own`: it is a tmpfs that we made. */
void tree_begin(bool own);

/* Whether the path names the root itself. */
bool tree_is_root(const char *path);

/* Makes a file in our own tmpfs and opens it for writing; ends the process on failure. */
int tree_make_file(struct run *run, const struct operand *destination, mode_t mode);

/* A new tmpfs of ours was mounted on a path: what is made there is made in it. The descriptor is kept. */
void tree_know(const struct run *run, int mount, const char *path);

/* From now on things may be created on this descriptor's device. */
void tree_add_own(struct run *run, int descriptor);

#endif
