/* The launcher's own program file. */
#ifndef HEXE_SELF_H
#define HEXE_SELF_H

/*
 * Ends the process when it was started from a file outside its own root. Inside a sandbox only a link in /proc leads
 * to the launcher on the host, and whoever opens that link can try to write the file behind it (CVE-2019-5736).
 */
void self_check(void);

const char *self_path(void);

#endif
