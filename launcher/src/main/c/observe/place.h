/* Where a path of a thread leads. */
#ifndef HEXE_OBSERVE_PLACE_H
#define HEXE_OBSERVE_PLACE_H

#include <stdbool.h>
#include <sys/types.h>

enum { PLACE_LENGTH = 8192 };

struct place {
    char path[PLACE_LENGTH];   /* absolute, as seen inside, without symlinks as far as it exists */
    char absent[PLACE_LENGTH]; /* the first name of it that is not there inside; empty where all is */
};

/* The directory that a relative path starts from: the working directory, or a descriptor. Empty where it cannot be told. */
void place_base(pid_t thread, int directory, char base[PLACE_LENGTH]);

/* Follows a path below a base, in the root of the thread; `follow`: a symlink at the end as well. */
void place_find(pid_t thread, const char *base, const char *path, bool follow, struct place *place);

#endif
