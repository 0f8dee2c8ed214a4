/* Opens what is in a tree, and nothing that a symlink, `..` or a mount in it leads to. */
#ifndef HEXE_BENEATH_H
#define HEXE_BENEATH_H

#include <stdbool.h>
#include <sys/stat.h>

/* Paths are relative to `root`; the empty one is the root itself. -1 and errno. */
int beneath_open(int root, const char *path, int flags);

/* The directory that holds `path`, O_PATH, and the last name in `path`. */
int beneath_parent(int root, const char *path, const char **name);

/* As lstat(2). */
bool beneath_stat(int root, const char *path, struct stat *status);

/* What the symlink says; NULL and errno. */
char *beneath_link(int root, const char *path);

#endif
