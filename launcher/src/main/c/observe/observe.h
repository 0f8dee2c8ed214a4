/*
 * `why`: a watcher that stays outside every namespace, sees which calls of the command failed, compares them with the
 * host, and writes them down. It changes nothing, and names no rule: that is Java's, when the command has ended.
 */
#ifndef HEXE_OBSERVE_H
#define HEXE_OBSERVE_H

/*
 * Becomes two processes: the watcher, which does not return, and the launcher, which goes on. When the latter has ended
 * the watcher hands what it has seen to Java, with `question`, the arguments that chose the profile, and ends as it did.
 * `file`: where the report goes as JSON lines, or NULL.
 */
void observe_start(char **question, const char *file);

/* The launcher's end of the socket to the watcher, or -1 where nobody watches. */
int observe_socket(void);

#endif
