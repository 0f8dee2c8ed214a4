/*
 * Copies of files of the host that follow what they were made of: a file that is written anew by renaming cannot be
 * followed by a mount, so the supervisor looks at its directory and writes the copy again.
 */
#ifndef HEXE_COPIES_H
#define HEXE_COPIES_H

#include <sys/stat.h>

struct run;

enum { COPY_FOLLOW = 32 };

/* Before there is a child; does nothing where the plan has no copy that follows. */
void copies_open(struct run *run);

/* In the child, and in the supervisor, behind that. */
void copies_enter(struct run *run);
void copies_supervise(struct run *run);

/* In the child: hands a copy over to the supervisor, with what it was made of. */
void copies_send(struct run *run, int file, const struct stat *status);

/* In the supervisor, when there is something to look at. */
void copies_refresh(struct run *run);

#endif
