#include "self.h"

/* Only the kernel has `struct statx` for certain, and its <linux/stat.h> does not go with <sys/stat.h>. */
#include <linux/fcntl.h>
#include <linux/prctl.h>
#include <linux/stat.h>

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "messages.h"
#include "text.h"

#ifndef STATX_MNT_ID
#define STATX_MNT_ID 0x00001000U
#endif

static struct statx program; /* what the kernel executes, as far as it can be seen */
static bool made_dumpable;

const char *self_path(void)
{
    static char path[PATH_MAX];
    static bool known; /* a look at what is not there yet would cost a page fault more */
    if (!known) {
        ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
        if (length <= 0)
            return NULL;
        path[length] = '\0';
        known = true;
    }
    return path;
}

const char *self_known_path(void)
{
    const char *path = self_path();
    if (path == NULL)
        die_with_help("mount /proc: the kernel names the program there", "cannot tell where this program is");
    return path;
}

static bool examine(const char *path, struct statx *answer)
{
    return syscall(SYS_statx, AT_FDCWD, path, 0, STATX_BASIC_STATS | STATX_MNT_ID, answer) == 0;
}

/* BIN/../lib, where the distribution puts the rest of the program. */
const char *self_library(void)
{
    static char path[PATH_MAX + sizeof "/lib"];
    static bool known;
    if (known)
        return path;
    known = true;
    strcpy(path, self_known_path());
    for (int levels = 0; levels < 2; levels++) {
        char *slash = strrchr(path, '/');
        if (slash != NULL)
            *slash = '\0';
    }
    return strcat(path, "/lib");
}

/* Who writes the file, or puts another one in its place, leaves a new time of change. */
static const char *describe(const struct statx *file)
{
    return text_of("%x:%x:%llx:%llx:%llx.%x", file->stx_dev_major, file->stx_dev_minor,
                   (unsigned long long)file->stx_ino, (unsigned long long)file->stx_size,
                   (unsigned long long)file->stx_ctime.tv_sec, file->stx_ctime.tv_nsec);
}

const char *self_identity(void)
{
    return describe(&program);
}

const char *self_library_identity(void)
{
    struct statx library;
    return examine(self_library(), &library) ? describe(&library) : "none";
}

static bool is_where_it_seems(void)
{
    struct statx named;
    const char *path = self_path();
    /* Without /proc nobody came here through it. */
    if (path == NULL || !examine("/proc/self/exe", &program))
        return true;
    if (!examine(path, &named))
        return false;
    if ((program.stx_mask & named.stx_mask & STATX_MNT_ID) != 0 && program.stx_mnt_id != named.stx_mnt_id)
        return false;
    return program.stx_ino == named.stx_ino && program.stx_dev_major == named.stx_dev_major &&
           program.stx_dev_minor == named.stx_dev_minor;
}

static bool set_dumpable(long value)
{
    return syscall(SYS_prctl, PR_SET_DUMPABLE, value, 0L, 0L, 0L) == 0;
}

/* Who starts a program by descriptor, or gives up rights before, may have no way to it. */
static void refuse_place(void)
{
    struct statx named;
    if (!examine(self_path(), &named) && errno == EACCES)
        refuse_with_help("open the directories above it to you (chmod o+x), or install hexe-policy where you may go",
                         "you may not go to the launcher `%s`", self_path());
    refuse("the launcher was started from a file outside the root directory");
}

/* While it looks, nobody may open the link in /proc. */
void self_check(void)
{
    long dumpable = syscall(SYS_prctl, PR_GET_DUMPABLE, 0L, 0L, 0L, 0L);
    if (dumpable < 0 || !set_dumpable(0))
        die("cannot protect the launcher");
    if (!is_where_it_seems())
        refuse_place();
    made_dumpable = dumpable == 1;
    self_restore_dumpable();
}

void self_restore_dumpable(void)
{
    if (made_dumpable && !set_dumpable(1))
        die("cannot restore what protects the launcher");
}
