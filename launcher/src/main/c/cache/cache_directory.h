/* The directory of compiled plans, which only its owner can read or write. */
#ifndef HEXE_CACHE_DIRECTORY_H
#define HEXE_CACHE_DIRECTORY_H

#include <stdbool.h>

/* The directory, or NULL and why it cannot be used; `make`: it is made when it is missing. */
const char *cache_directory(bool make, const char **problem);

/* The same, open, or -1 and why it is not to be trusted. */
int cache_directory_open(bool make, const char **problem);

#endif
