/* Directories of the user's own in which something is kept between runs. */
#ifndef HEXE_STORE_H
#define HEXE_STORE_H

/* Opens one, and makes it with those above it. -1 and errno, EPERM where somebody else could change what is in it. */
int store_open(const char *path);

/* Opens a directory in one; the same. */
int store_open_in(int parent, const char *name);

#endif
