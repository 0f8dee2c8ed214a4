/* Failures that answer the question whether something is at a path. */
#ifndef HEXE_ANSWERS_H
#define HEXE_ANSWERS_H

#include <stdbool.h>

/*
 * Whether a failure says that nothing is there, or nothing that this user reaches. Any other one says nothing: what is
 * there must not be taken for missing.
 */
bool error_is_answer(int error);

#endif
