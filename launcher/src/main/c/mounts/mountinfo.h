/* /proc/self/mountinfo, which only the mount(2) fallback needs. */
#ifndef HEXE_MOUNTINFO_H
#define HEXE_MOUNTINFO_H

#include <stdbool.h>

struct mountinfo {
    int id, parent;
    char *path;
    unsigned long flags; /* MS_* */
};

/* Reads the list anew. */
void mountinfo_read(void);

const struct mountinfo *mountinfo_first(void);
const struct mountinfo *mountinfo_next(const struct mountinfo *entry);
const struct mountinfo *mountinfo_find(int id);
bool mountinfo_is_below(const struct mountinfo *entry, int id);
bool mountinfo_is_covered(const struct mountinfo *entry);

/* The id of the mount that a descriptor was opened in. */
int mountinfo_id(int descriptor);

#endif
