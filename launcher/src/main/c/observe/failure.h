/* Calls that have failed: folded, compared with the host, and written down. */
#ifndef HEXE_OBSERVE_FAILURE_H
#define HEXE_OBSERVE_FAILURE_H

#include <stdbool.h>
#include <stdint.h>

#include "calls.h"
#include "text.h"
#include "thread.h"

/* Takes down that the call a thread is in has failed, while the thread stands still. */
void failure_note(const struct thread *thread, int error);

/* Compares what was taken down since with the host; the thread goes on meanwhile. */
void failure_compare(void);

/* While what works is taken down: the program that a process has begun to execute. */
void failure_note_program(pid_t process);

/* A process gets or is ended by a signal: of a call that a filter forbids, or of a limit; else nothing is noted. */
void failure_note_signal(pid_t process, int number);

/* A process has failed without the rights that its program gives; `status` is as wait4 has it. */
void failure_note_gain(pid_t process, int status);

/* Whether there is one that the host would have allowed. */
bool failure_is_refused(void);

/* A line of JSON for each that the host would have allowed, and one with numbers. */
void failure_write(struct text *lines);

#endif
