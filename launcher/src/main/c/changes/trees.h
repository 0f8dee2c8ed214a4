/* The trees of a record. */
#ifndef HEXE_TREES_H
#define HEXE_TREES_H

#include "scan.h"

/* Opens them all, on the host as well, with what was noted of them. */
void trees_open(struct scan *scan, int directory);

#endif
