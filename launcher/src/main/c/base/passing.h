/*
 * Messages that take open descriptors along, over sockets of this machine. The kernel counts what is on its way, of all
 * programs of a user together, and lets it be no more than the sender may have open: who sends waits until others have
 * taken theirs.
 */
#ifndef HEXE_PASSING_H
#define HEXE_PASSING_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum { PASSING_MOST = 3, PASSING_PATIENCE = 10000 /* milliseconds, where nobody else waits */ };

/* How much was sent; -1 where it fails, also when it did not become possible in so many milliseconds. */
ssize_t passing_send(int to, const void *message, size_t length, const int *descriptors, unsigned count, uint64_t patience);

/* The same without waiting. */
ssize_t passing_try(int to, const void *message, size_t length, const int *descriptors, unsigned count);

/* After a failure: waits a moment if it may pass, for whoever has something to look at before the next try. */
bool passing_wait(int to);

/* What can be done about the failure that errno names; NULL: nothing is known. */
const char *passing_help(void);

/* How many descriptors came is in `count`, which says how many there is room for; more are refused. */
ssize_t passing_receive(int from, void *message, size_t length, int *descriptors, unsigned *count, int flags);

#endif
