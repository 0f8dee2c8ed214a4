/* Room for the files that the set-up has open at the same time, where the caller has set a low soft limit on them. */
#ifndef HEXE_OPEN_FILES_H
#define HEXE_OPEN_FILES_H

/* Raises the soft limit, where it is low and the hard one allows that. Where it cannot be raised, what needs more will say so. */
void open_files_raise(void);

/* Back to the caller's limit; before anything that is not ours can run, and before the limit is set. */
void open_files_restore(void);

#endif
