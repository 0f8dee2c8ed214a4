/* Failures that answer the question whether something is at a path. */
#ifndef HEXE_ANSWERS_H
#define HEXE_ANSWERS_H

#include <errno.h>
#include <stdbool.h>

/*
 * Whether a failure says that nothing is there, or nothing that this user reaches. Any other one says nothing: what is
 * there must not be taken for missing.
 */
static inline bool error_is_answer(int error)
{
    return error == ENOENT || error == ENOTDIR || error == EACCES || error == ELOOP || error == ENAMETOOLONG;
}

#endif
