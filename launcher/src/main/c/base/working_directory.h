/* The directory that the launcher was started in. */
#ifndef HEXE_WORKING_DIRECTORY_H
#define HEXE_WORKING_DIRECTORY_H

#include <stdbool.h>

/* Its path, or NULL where it has none here: it was deleted, or is not below the root. */
const char *working_directory_path(void);

/* Ends the process where it has no path; the second by what was found when it was looked for. */
void working_directory_require(void);
_Noreturn void working_directory_refuse(void);

/* Whether a directory is not the one that the path above was that of. */
struct stat;
bool working_directory_is_another(const struct stat *now);

/* Whether this user may not search it, or a directory above it. */
bool working_directory_is_closed(void);

/* Says so with the errno, and ends the process. */
_Noreturn void working_directory_cannot_enter(const char *path);

/* Whether the process is in a directory below its root. */
bool working_directory_is_inside_root(void);

#endif
