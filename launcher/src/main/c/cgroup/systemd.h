/* One request to a systemd manager, over its own socket. */
#ifndef HEXE_SYSTEMD_H
#define HEXE_SYSTEMD_H

/* Asks for a transient scope with a delegated cgroup that holds this process, and waits until it is in there. */
void systemd_start_scope(const char *socket, const char *unit);

/* This process's cgroup of version 2, as `/proc/self/cgroup` has it; empty when there is none. */
void systemd_own_cgroup(char *path, unsigned size);

#endif
