/*
 * One processor for the set-up. Its processes take turns: each waits for the one that it has started. Where all processors
 * are busy, the kernel would move every new process to another one, where it waits behind whoever runs there.
 */
#ifndef HEXE_PROCESSOR_H
#define HEXE_PROCESSOR_H

/* Stays on the processor at hand, unless that could be noticed; failing is no failure. */
void processor_stay(void);

/* Back to the processors that the caller may use; before anything that is not ours can run. */
void processor_leave(void);

#endif
