/* Where symlinks within a protected or hidden directory lead. */
#ifndef HEXE_LINKS_H
#define HEXE_LINKS_H

#include <stdbool.h>

#include "run.h"

/* What happens to the path, without symlinks, to which one of them leads; it is outside of the directory. */
typedef void link_target(struct run *run, const char *path);

struct link_wish {
    link_target *target;
    uint64_t but; /* COVERS_* bits: what is found there as well stays as it is */
    link_target *way; /* the same for each symlink on the way that is outside of the directory; NULL: it may be led elsewhere */
    link_target *nowhere; /* the same for each symlink within that leads to nothing; NULL: what is made there is the command's */
};

/*
 * Looks for symlinks in a directory and those in it, and tells of the targets that exist, at all their names. Those that *lines* name stay as
 * they are, see guard_kept.c. A usual directory is looked into less far than one that somebody listed, of which it is
 * said when it is too large.
 */
void links_within(struct run *run, int root, const char *path, const char *lines, bool usual, const struct link_wish *wish);

/*
 * Whether a target is one of the system's programs, libraries or harmless devices, which are nobody's secret: a virtual
 * environment that is hidden leads to its interpreter, and a unit that is masked to /dev/null.
 */
bool links_lead_to_system(const char *target);

typedef void each_link(void *context, const char *link);

/* A path of the root without symlinks, or NULL and errno where it leads nowhere, or nobody knows where. Tells of each symlink on the way, by its own path, unless that is NULL. */
char *links_real_path(int root, const char *path, each_link *each, void *context);

#endif
