/* Acts that change the tree of mounts, or leave it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>

#include "acts.h"
#include "kernel.h"

#define MS_FLAGS_OF_A_MOUNT (MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_NOATIME | MS_NODIRATIME | MS_RELATIME)

enum { EXPIRE = 4 };

static int try_mount_tmpfs(char **arguments, char *value)
{
    const char *directory = act_directory();
    (void)arguments;
    (void)value;
    if (directory == NULL)
        return UNABLE(errno);
    int error = act_result(sys_mount("none", directory, "tmpfs", 0, NULL));
    if (error == 0)
        syscall(SYS_umount2, directory, MNT_DETACH);
    rmdir(directory);
    return error;
}

/* And read-only again; statvfs(3) has the flags under the numbers of mount(2). */
static int try_remount_writable(char **arguments, char *value)
{
    struct statvfs status;
    (void)value;
    if (statvfs(arguments[0], &status) < 0)
        return errno;
    unsigned long flags = (status.f_flag & MS_FLAGS_OF_A_MOUNT) | MS_REMOUNT | MS_BIND;
    int error = act_result(sys_mount(NULL, arguments[0], NULL, flags, NULL));
    if (error == 0 && (status.f_flag & ST_RDONLY) != 0)
        sys_mount(NULL, arguments[0], NULL, flags | MS_RDONLY, NULL);
    return error;
}

/* Asks for it to expire, which only marks it the first time: EAGAIN or EBUSY is a permission. */
static int try_unmount(char **arguments, char *value)
{
    (void)value;
    if (syscall(SYS_umount2, arguments[0], EXPIRE) == 0 || errno == EAGAIN || errno == EBUSY)
        return 0;
    return errno;
}

static int climb(void)
{
    for (int i = 0; i < 32; i++) {
        if (chdir("..") < 0)
            return errno;
    }
    return act_result(syscall(SYS_chroot, "."));
}

/* The classic: a root below the working directory, which `..` then leads out of. */
static int try_leave_root(char **arguments, char *value)
{
    const char *directory = act_directory();
    (void)value;
    if (directory == NULL)
        return UNABLE(errno);
    int error = act_result(chdir(directory) < 0 ? -1 : chdir(".."));
    if (error == 0)
        error = act_result(syscall(SYS_chroot, directory));
    rmdir(strrchr(directory, '/') + 1); /* the working directory is outside of the new root */
    if (error == 0)
        error = climb();
    return error != 0 ? error : act_opened(openat(AT_FDCWD, arguments[0], O_RDONLY | O_CLOEXEC));
}

const struct act mount_acts[] = {
    {"mount-tmpfs", 0, try_mount_tmpfs},
    {"remount-writable", 1, try_remount_writable},
    {"unmount", 1, try_unmount},
    {"leave-root", 1, try_leave_root},
    {.name = NULL},
};
