/* The environment that the command gets: this process's own, changed. */
#ifndef HEXE_ENVIRONMENT_H
#define HEXE_ENVIRONMENT_H

#include <stdbool.h>

/* Sets a variable, so that no other one of its name is left; false where there is no memory. */
bool variable_set(const char *name, const char *value);

#endif
