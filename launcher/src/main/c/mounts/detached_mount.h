/* Detached copies of trees of the host, with the attributes that they are going to be mounted with. */
#ifndef HEXE_DETACHED_MOUNT_H
#define HEXE_DETACHED_MOUNT_H

#include <stdbool.h>
#include <stdint.h>

#include "run.h"

/*
 * A private copy of what is mounted at `path`: it sees no mounts that the host adds later, which would come without the
 * attributes. No symlink is followed; -1 and errno when the source cannot be opened.
 */
int clone_tree(const struct run *run, const char *path, uint64_t attributes, bool recursive);

/* A copy of what is open, private as well; -1 and errno. */
int clone_opened(int file, const char *path, uint64_t attributes, bool recursive);

/* The same of a name in a directory. */
int clone_name(int directory, const char *name, const char *path, uint64_t attributes);

/* Of what is mounted already, or a copy; `propagation` 0 leaves that as it is. Ends the process on failure. */
void clone_set_attributes(int mount, uint64_t attributes, uint64_t propagation, bool recursive, const char *path);

#endif
