/*
 * Calls that the profile's filter answers with an error. While they are observed the filter asks a listener outside
 * instead, whose answer is the same error, and never another one; without a listener the kernel answers ENOSYS.
 */
#ifndef HEXE_OBSERVE_DENIED_H
#define HEXE_OBSERVE_DENIED_H

#include <linux/filter.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "text.h"

/* Starts the listener; before there is a launcher. */
void denied_start(void);

/* In the launcher: it has no part in it. */
void denied_leave(void);

/* In the watcher: a thread, which stands still, has got a listener's descriptor for a filter at this address. */
void denied_take(pid_t thread, int descriptor, uint64_t program);

/* No more will come. */
void denied_end(void);

/* Whether there were any. */
bool denied_any(void);

/* A line of JSON for each call that was denied. */
void denied_write(struct text *lines);

#endif
