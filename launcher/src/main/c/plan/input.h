/* Reading plans: from a file that must be trusted, from a descriptor of ours, from standard input. */
#ifndef HEXE_INPUT_H
#define HEXE_INPUT_H

#include <stddef.h>

#include "plan.h"

struct input {
    unsigned char *bytes;
    size_t length;
};

/* Reads to the end of the file; ends the process when there are more than `maximum` bytes. */
struct input input_read(int descriptor, size_t maximum, const char *name);

/* A plan in a regular file that belongs to the caller or root and that nobody else can write. */
void input_open_plan(struct plan *plan, const char *path);

/* A plan that our own compiler has just written. */
void input_take_plan(struct plan *plan, int descriptor);

#endif
