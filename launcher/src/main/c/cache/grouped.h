/*
 * What a kept plan depends on, by directory. While a directory is as it was, so are the names in it: nothing has come into being
 * there, and what was there has not become something else. One look at it stands for many.
 */
#ifndef HEXE_GROUPED_H
#define HEXE_GROUPED_H

#include <stdint.h>

#include "plan.h"
#include "text.h"

/* Adds the header and all records of a plan, those that a directory stands for behind a record of it; says how many. */
uint32_t grouped_add(struct text *bytes, const struct plan *plan);

#endif
