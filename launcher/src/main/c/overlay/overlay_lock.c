/* Two overlays with one upper directory are undefined to the kernel, and files get lost. */
#include <errno.h>
#include <sys/file.h>

#include "actions.h"
#include "kernel.h"
#include "messages.h"
#include "run.h"
#include "source.h"

enum { MOST = 16 };

/* A plan may be tried twice: then the lock is held already, by ourselves. */
static bool is_held(const struct stat *status, bool remember)
{
    static struct {
        dev_t device;
        ino_t inode;
    } held[MOST];
    static unsigned count;
    for (unsigned i = 0; i < count; i++) {
        if (held[i].device == status->st_dev && held[i].inode == status->st_ino)
            return true;
    }
    if (remember) {
        if (count == MOST)
            refuse("more than %d overlays keep their changes", MOST);
        held[count].device = status->st_dev;
        held[count++].inode = status->st_ino;
    }
    return false;
}

/* The descriptor stays open as long as the supervisor lives, and nobody else keeps it. */
void do_overlay_lock(struct run *run, const struct operand *operands)
{
    struct stat status;
    int upper = source_open(run_source(run, &operands[0])), lock = -1;
    if (upper < 0 || fstat(upper, &status) < 0)
        die_with_help(errno == ELOOP ? help_for_links : NULL, "cannot open `%s` for an overlay", operands[0].data);
    if (!S_ISDIR(status.st_mode))
        refuse("`%s` is not a directory, and cannot be a layer of an overlay", operands[0].data);
    if (!is_held(&status, false)) {
        lock = openat(upper, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (lock < 0)
            die("cannot open `%s` to keep others from it", operands[0].data);
        if (flock(lock, LOCK_EX | LOCK_NB) < 0 && errno == EWOULDBLOCK)
            refuse_with_help("wait until that has ended, or give this one a directory of its own",
                             "`%s` holds the changes of another sandbox, which runs", operands[0].data);
        is_held(&status, true);
    }
    close(upper);
}
