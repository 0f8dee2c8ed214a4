/*
 * The end of the old root. The new root and the place for the old one are the same directory, so that the old root ends
 * up on top of the new one, and on both what lay between them or was copied with them. All of it is taken off, the
 * topmost first, until nothing is above the new root.
 */
#include "old_root.h"

#include <errno.h>
#include <stdbool.h>

#include "kernel.h"
#include "messages.h"

enum { MOST_MOUNTS = 64 };

/* What a directory is, and by which mount it is seen; -1 where the kernel does not say. */
struct place {
    uint64_t device, inode;
    int64_t mount;
};

/* Before Linux 5.8 only this call tells the mount, and only of file systems that have handles; none is asked for. */
static int64_t mount_by_handle(int directory, const char *path, int flags)
{
    struct {
        unsigned bytes;
        int type;
    } handle = {0, 0};
    int mount = -1;
    bool told = syscall(SYS_name_to_handle_at, directory, path, &handle, &mount, flags) == 0 || errno == EOVERFLOW;
    return told ? mount : -1;
}

static struct place examine(int directory, const char *path, int flags)
{
    struct statx_answer answer;
    if (sys_statx_at(directory, path, flags, ANSWER_INODE | ANSWER_MOUNT, &answer) < 0)
        die("cannot examine the new root");
    return (struct place){
        .device = (uint64_t)answer.device_major << 32 | answer.device_minor,
        .inode = answer.inode,
        .mount = (answer.mask & ANSWER_MOUNT) != 0 ? (int64_t)answer.mount : mount_by_handle(directory, path, flags),
    };
}

static bool is_top(int root)
{
    struct place inside = examine(root, "", AT_EMPTY_PATH), above = examine(AT_FDCWD, "/..", 0);
    if (inside.device != above.device || inside.inode != above.inode)
        return false;
    if (inside.mount < 0 || above.mount < 0)
        refuse_with_help("Linux 5.8 or newer can", "this kernel cannot tell the new root from the old one");
    return inside.mount == above.mount;
}

static void take_off(void)
{
    if (syscall(SYS_umount2, ".", MNT_DETACH) < 0)
        die("cannot detach the old root");
}

void old_root_detach(int root, unsigned mounts)
{
    take_off();
    if (mounts == 1)
        return;
    for (unsigned i = 1; !is_top(root); i++) {
        if (i == MOST_MOUNTS)
            refuse("the old root cannot be taken off");
        take_off();
    }
}
