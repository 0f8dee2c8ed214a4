/* Files as they are copied: what they hold, shared with the original where the file system can, and what goes along. */
#ifndef HEXE_CONTENTS_H
#define HEXE_CONTENTS_H

#include <stdbool.h>
#include <sys/stat.h>

/* Holes stay holes. `shared` is set where nothing had to be written; it may be NULL. False and errno. */
bool contents_copy(int from, int to, bool *shared);

/* Whether both hold the same; false where that cannot be read. */
bool contents_equal(int one, int other);

/* User extended attributes but for an overlay's own, and access lists. What the file system does not take is left. */
void contents_copy_attributes(int from, int to);

#endif
