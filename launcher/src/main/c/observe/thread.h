/* The threads that are watched, and the call each is in. */
#ifndef HEXE_OBSERVE_THREAD_H
#define HEXE_OBSERVE_THREAD_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct thread {
    pid_t id;      /* as the watcher sees it; 0: none */
    bool met;      /* it is known whether it runs */
    bool runs;     /* it executes the command, or what that has started; the launcher's own calls are of no interest */
    bool executed; /* a program: whoever started it does not matter any more */
    bool gains;    /* the program that it executes gives rights that it did not get, see resources.h */
    const struct call *call; /* NULL while it is in none */
    uint64_t arguments[6];
};

/* The thread of this number; made where it is not known. The result is valid until the next call. */
struct thread *thread_find(pid_t id);

void thread_forget(pid_t id);

/* Copies what a thread reads at an address, up to a NUL; the length, or -1. A NUL follows always. */
long thread_read_string(pid_t id, uint64_t address, char *text, size_t size);

/* Copies bytes; false where they cannot be read. */
bool thread_read(pid_t id, uint64_t address, void *bytes, size_t size);

#endif
