/* The launcher's own program file. */
#ifndef HEXE_SELF_H
#define HEXE_SELF_H

/*
 * Ends the process when it was started from a file outside its own root. Inside a sandbox only a link in /proc leads
 * to the launcher on the host, and whoever opens that link can try to write the file behind it (CVE-2019-5736).
 */
void self_check(void);

/* The path of the program file, NULL when it cannot be told, and of the directory with the rest of the program. */
const char *self_path(void);

/* The same; ends with a message where there is none. */
const char *self_known_path(void);
const char *self_library(void);

/* Texts that are others when the file, or an entry of the directory, is not what it was. */
const char *self_identity(void);
const char *self_library_identity(void);

/* The process may be looked into as before, after PR_SET_DUMPABLE. */
void self_restore_dumpable(void);

#endif
