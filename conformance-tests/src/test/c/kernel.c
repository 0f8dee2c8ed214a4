/* Acts on namespaces, mounts and privileges. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/capability.h>
#include <linux/landlock.h>
#include <linux/sched.h>

#include "acts.h"

static int result(long value)
{
    return value < 0 ? errno : 0;
}

/* In a child, so that what succeeds does not change the acts that follow. */
static int in_child(int (*act)(char **), char **arguments)
{
    int status;
    pid_t child = fork();
    if (child < 0)
        return errno;
    if (child == 0)
        _exit(act(arguments));
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    return WIFEXITED(status) ? WEXITSTATUS(status) : EINTR;
}

static unsigned long namespace_flag(const char *name)
{
    static const struct {
        const char *name;
        unsigned long flag;
    } flags[] = {{"user", CLONE_NEWUSER}, {"mnt", CLONE_NEWNS},   {"pid", CLONE_NEWPID},
                 {"net", CLONE_NEWNET},   {"uts", CLONE_NEWUTS},  {"ipc", CLONE_NEWIPC},
                 {"cgroup", CLONE_NEWCGROUP}};
    for (unsigned i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (strcmp(flags[i].name, name) == 0)
            return flags[i].flag;
    }
    return 0;
}

static int do_unshare(char **arguments)
{
    return result(unshare((int)namespace_flag(arguments[0])));
}

static int try_unshare(char **arguments)
{
    return in_child(do_unshare, arguments);
}

/* A user namespace, and in it, with all capabilities, a mount. */
static int do_nested_mount(char **arguments)
{
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) < 0)
        return errno;
    return result(mount("none", arguments[0], "tmpfs", 0, NULL));
}

static int try_nested_mount(char **arguments)
{
    return in_child(do_nested_mount, arguments);
}

static int try_clone(char **arguments)
{
    struct clone_args clone = {.flags = namespace_flag(arguments[0]), .exit_signal = SIGCHLD};
    long child = syscall(SYS_clone3, &clone, sizeof clone);
    if (child == 0)
        _exit(0);
    if (child > 0)
        waitpid((pid_t)child, NULL, 0);
    return result(child);
}

static int try_old_clone(char **arguments)
{
    long child = syscall(SYS_clone, namespace_flag(arguments[0]) | SIGCHLD, NULL, NULL, NULL, NULL);
    if (child == 0)
        _exit(0);
    if (child > 0)
        waitpid((pid_t)child, NULL, 0);
    return result(child);
}

static int do_set_namespace(char **arguments)
{
    int file = open(arguments[0], O_RDONLY | O_CLOEXEC);
    return file < 0 ? errno : result(setns(file, 0));
}

static int try_set_namespace(char **arguments)
{
    return in_child(do_set_namespace, arguments);
}

static int try_mount(char **arguments)
{
    return result(mount("none", arguments[0], "tmpfs", 0, NULL));
}

static int try_bind(char **arguments)
{
    return result(mount(arguments[0], arguments[1], NULL, MS_BIND, NULL));
}

static int try_remount_writable(char **arguments)
{
    return result(mount(NULL, arguments[0], NULL, MS_REMOUNT | MS_BIND, NULL));
}

static int try_unmount(char **arguments)
{
    return result(umount2(arguments[0], MNT_DETACH));
}

static int do_chroot(char **arguments)
{
    return result(chroot(arguments[0]));
}

static int try_chroot(char **arguments)
{
    return in_child(do_chroot, arguments);
}

static int do_pivot(char **arguments)
{
    return result(syscall(SYS_pivot_root, arguments[0], arguments[0]));
}

static int try_pivot(char **arguments)
{
    return in_child(do_pivot, arguments);
}

static int do_become(char **arguments)
{
    return result(setresuid((uid_t)atoi(arguments[0]), (uid_t)atoi(arguments[0]), (uid_t)atoi(arguments[0])));
}

static int try_become(char **arguments)
{
    return in_child(do_become, arguments);
}

static int do_join_group(char **arguments)
{
    gid_t group = (gid_t)atoi(arguments[0]);
    return result(setgroups(1, &group));
}

static int try_join_group(char **arguments)
{
    return in_child(do_join_group, arguments);
}

static int try_rename_host(char **arguments)
{
    return result(sethostname(arguments[0], strlen(arguments[0])));
}

/* Asks for every capability in the permitted and effective sets. */
static int try_raise_capabilities(char **arguments)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[2];
    (void)arguments;
    memset(data, 0xff, sizeof data);
    return result(syscall(SYS_capset, &header, data));
}

/* Asks for one, beside what there is. */
static int try_raise_capability(char **arguments)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[2];
    int number = atoi(arguments[0]);
    if (syscall(SYS_capget, &header, data) < 0)
        return errno;
    data[number / 32].permitted |= 1U << number % 32;
    data[number / 32].effective |= 1U << number % 32;
    return result(syscall(SYS_capset, &header, data));
}

static int try_leave_no_new_privileges(char **arguments)
{
    (void)arguments;
    return result(prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0));
}

/* Prints a number instead of failing: the version the kernel has. */
static int try_landlock_abi(char **arguments)
{
    (void)arguments;
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version > 0) {
        printf("%ld\n", version);
        fflush(stdout);
        _exit(0);
    }
    return errno;
}

const struct act kernel_acts[] = {
    {"unshare", 1, try_unshare},
    {"nested-mount", 1, try_nested_mount},
    {"clone", 1, try_clone},
    {"old-clone", 1, try_old_clone},
    {"set-namespace", 1, try_set_namespace},
    {"mount", 1, try_mount},
    {"bind", 2, try_bind},
    {"remount-writable", 1, try_remount_writable},
    {"unmount", 1, try_unmount},
    {"chroot", 1, try_chroot},
    {"pivot", 1, try_pivot},
    {"become", 1, try_become},
    {"join-group", 1, try_join_group},
    {"rename-host", 1, try_rename_host},
    {"raise-capabilities", 0, try_raise_capabilities},
    {"raise-capability", 1, try_raise_capability},
    {"leave-no-new-privileges", 0, try_leave_no_new_privileges},
    {"landlock-abi", 0, try_landlock_abi},
    {NULL, 0, NULL},
};
