/*
 * Locks that tell others that a sandbox runs. They belong to the supervisor, which is the last to go; a child of its that
 * closes the descriptor does not let go of them.
 */
#include <errno.h>

#include "actions.h"
#include "kernel.h"
#include "messages.h"
#include "run.h"

void do_lock_file(struct run *run, const struct operand *operands)
{
    struct flock lock = {.l_type = F_RDLCK, .l_whence = SEEK_SET};
    const char *path = operands[0].data;
    (void)run;
    int file = openat(AT_FDCWD, path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (file < 0)
        die("cannot open `%s` to lock it", path);
    if (fcntl(file, F_SETLK, &lock) < 0) {
        if (errno == EACCES || errno == EAGAIN)
            refuse_with_help("wait until its holder has ended", "`%s` is locked by another process", path);
        die("cannot lock `%s`", path);
    }
}
