/* What `hexe-policy` asks of the record of a run's changes; each ends the process. `path` is that of the record. */
#ifndef HEXE_COMMIT_H
#define HEXE_COMMIT_H

#include <stdbool.h>

/* Prints a line for each change. */
_Noreturn void changes_print(const char *path);

/* Carries out those that the file `commit` in the record names, and prints what became of each. */
_Noreturn void changes_commit(const char *path);

/* Removes the record. */
_Noreturn void changes_discard(const char *path);

/* Removes a record that the caller has locked, and the store and what it is in where nothing else is there. */
bool record_remove(const char *path);

enum { CHANGES_IN_USE = 75 }; /* the exit status where a command or somebody else holds it */

#endif
