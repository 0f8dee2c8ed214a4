/* Copies of trees, for where the kernel makes no overlay. */
#ifndef HEXE_TREE_COPY_H
#define HEXE_TREE_COPY_H

#include <stdbool.h>

struct copied {
    unsigned long files, shared;
    bool failed; /* and errno */
};

/* Copies what is in a directory, on its own device, but for sockets, pipes and devices; with `only`, that one name. */
void tree_copy(int from, int to, const char *only, struct copied *copied);

#endif
