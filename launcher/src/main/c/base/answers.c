#include "answers.h"

#include <errno.h>

bool error_is_answer(int error)
{
    return error == ENOENT || error == ENOTDIR || error == EACCES || error == ELOOP || error == ENAMETOOLONG;
}
