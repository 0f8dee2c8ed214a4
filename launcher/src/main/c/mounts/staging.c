#include "staging.h"

#include "kernel.h"
#include "messages.h"
#include "mounts.h"

enum { STAGE_SIZE = 16 << 20 };

static const char name[] = "file";

/*
 * Only what is mounted somewhere can be mounted at a second place. So a tmpfs covers the root for a moment. (A file of the
 * new root that loses its name would do, but nothing could be mounted over it any more.)
 */
int stage_begin(void)
{
    return mount_tmpfs_on_root(STAGE_SIZE, 0700);
}

int stage_file(int stage, mode_t mode)
{
    int file = openat(stage, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
    if (file < 0)
        die("cannot make a file in a tmpfs");
    return file;
}

/* `..` of the root is what covers it. */
static void leave(int stage)
{
    close(stage);
    if (syscall(SYS_umount2, "/..", MNT_DETACH) < 0)
        die("cannot take off a tmpfs");
}

void stage_mount(struct run *run, int stage, const struct operand *destination, uint64_t attributes,
                 uint64_t flags)
{
    const char *path = run_path(run, destination);
    run->plain_destination = (flags & MOUNT_PLAIN) != 0;
    mount_from(run, stage, name, path, attributes, (flags & MOUNT_CREATE) != 0);
    leave(stage);
}
