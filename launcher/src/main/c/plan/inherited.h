/* Descriptors that the caller opened for the launcher. */
#ifndef HEXE_INHERITED_H
#define HEXE_INHERITED_H

#include <stdint.h>

enum { INHERITED_ABOVE_STANDARD = 3 };

/* The descriptor; refuses when it is not open, or is below `least`. The command does not get it, unless it is a standard one. */
int inherited_take(uint64_t number, int least, const char *purpose);

/* The same, but it is left as it is. */
int inherited_find(uint64_t number, int least, const char *purpose);

#endif
