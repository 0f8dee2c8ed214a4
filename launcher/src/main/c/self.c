#include "self.h"

/* Only the kernel has `struct statx` for certain, and its <linux/stat.h> does not go with <sys/stat.h>. */
#include <linux/fcntl.h>
#include <linux/prctl.h>
#include <linux/stat.h>

#include <limits.h>
#include <stdbool.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "messages.h"

#ifndef STATX_MNT_ID
#define STATX_MNT_ID 0x00001000U
#endif

const char *self_path(void)
{
    static char path[PATH_MAX];
    if (path[0] == '\0') {
        ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
        if (length <= 0)
            return NULL;
        path[length] = '\0';
    }
    return path;
}

static bool examine(const char *path, struct statx *answer)
{
    return syscall(SYS_statx, AT_FDCWD, path, 0, STATX_INO | STATX_MNT_ID, answer) == 0;
}

static bool is_where_it_seems(void)
{
    struct statx file, named;
    const char *path = self_path();
    /* Without /proc nobody came here through it. */
    if (path == NULL || !examine("/proc/self/exe", &file))
        return true;
    if (!examine(path, &named))
        return false;
    if ((file.stx_mask & named.stx_mask & STATX_MNT_ID) != 0 && file.stx_mnt_id != named.stx_mnt_id)
        return false;
    return file.stx_ino == named.stx_ino && file.stx_dev_major == named.stx_dev_major &&
           file.stx_dev_minor == named.stx_dev_minor;
}

static bool set_dumpable(long value)
{
    return syscall(SYS_prctl, PR_SET_DUMPABLE, value, 0L, 0L, 0L) == 0;
}

/* While it looks, nobody may open the link in /proc. */
void self_check(void)
{
    long dumpable = syscall(SYS_prctl, PR_GET_DUMPABLE, 0L, 0L, 0L, 0L);
    if (dumpable < 0 || !set_dumpable(0))
        die("cannot protect the launcher");
    if (!is_where_it_seems())
        refuse("the launcher was started from a file outside the root directory");
    if (dumpable == 1 && !set_dumpable(1))
        die("cannot protect the launcher");
}
