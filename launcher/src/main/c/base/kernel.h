/*
 * What the kernel offers, under the kernel's own names: its headers, system calls that the C library does not wrap, and
 * the constants that are newer than the oldest headers we build with (linux-libc-dev 6.1).
 *
 * <sys/mount.h>, <sys/prctl.h> and <sched.h> are left out on purpose: they redefine what the kernel's headers define.
 */
#ifndef HEXE_KERNEL_H
#define HEXE_KERNEL_H

#include <linux/capability.h>
#include <linux/close_range.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/magic.h>
#include <linux/mount.h>
#include <linux/openat2.h>
#include <linux/prctl.h>
#include <linux/sched.h>
#include <linux/seccomp.h>

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

/* Numbers from 424 on are the same on every architecture. */
#ifndef SYS_open_tree
#define SYS_open_tree 428
#define SYS_move_mount 429
#define SYS_fsopen 430
#define SYS_fsconfig 431
#define SYS_fsmount 432
#endif
#ifndef SYS_clone3
#define SYS_clone3 435
#endif
#ifndef SYS_close_range
#define SYS_close_range 436
#endif
#ifndef SYS_openat2
#define SYS_openat2 437
#endif
#ifndef SYS_mount_setattr
#define SYS_mount_setattr 442
#endif
#ifndef SYS_open_tree_attr
#define SYS_open_tree_attr 467
#endif
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif

#ifndef MNT_DETACH
#define MNT_DETACH 2
#endif
#ifndef MOUNT_ATTR_NOSYMFOLLOW
#define MOUNT_ATTR_NOSYMFOLLOW 0x00200000
#endif
#ifndef MS_NOSYMFOLLOW
#define MS_NOSYMFOLLOW 256
#endif
#ifndef AT_RECURSIVE
#define AT_RECURSIVE 0x8000
#endif
#ifndef CLONE_INTO_CGROUP
#define CLONE_INTO_CGROUP 0x200000000ULL
#endif
#ifndef LANDLOCK_ACCESS_FS_REFER
#define LANDLOCK_ACCESS_FS_REFER (1ULL << 13)
#endif

/* Landlock ABI 4 and later. */
#define LANDLOCK_RULE_TYPE_PATH 1
#define LANDLOCK_RULE_TYPE_PORT 2

/* The attributes as far as a plan can set them (ABI 6); the kernel takes a longer structure when the rest is zero. */
struct landlock_attributes {
    uint64_t handled_access_fs;
    uint64_t handled_access_net;
    uint64_t scoped;
};

struct landlock_port_rule {
    uint64_t allowed_access;
    uint64_t port;
};

static inline int sys_open_tree(int directory, const char *path, unsigned flags)
{
    return (int)syscall(SYS_open_tree, directory, path, flags);
}

/* Linux 6.15: open_tree and mount_setattr in one. */
static inline int sys_open_tree_attr(int directory, const char *path, unsigned flags, struct mount_attr *attributes)
{
    return (int)syscall(SYS_open_tree_attr, directory, path, flags, attributes, sizeof *attributes);
}

/* Both ends are descriptors; a name is one in the directory `to`, and no symlink is followed. */
static inline int sys_move_mount(int from, int to, const char *name)
{
    unsigned flags = MOVE_MOUNT_F_EMPTY_PATH | (name[0] == '\0' ? MOVE_MOUNT_T_EMPTY_PATH : 0U);
    return (int)syscall(SYS_move_mount, from, "", to, name, flags);
}

static inline int sys_fsopen(const char *type)
{
    return (int)syscall(SYS_fsopen, type, FSOPEN_CLOEXEC);
}

static inline int sys_fsconfig(int context, unsigned command, const char *key, const char *value)
{
    return (int)syscall(SYS_fsconfig, context, command, key, value, 0);
}

static inline int sys_fsmount(int context, unsigned attributes)
{
    return (int)syscall(SYS_fsmount, context, FSMOUNT_CLOEXEC, attributes);
}

static inline int sys_mount_setattr(int mount, unsigned flags, struct mount_attr *attributes, size_t size)
{
    return (int)syscall(SYS_mount_setattr, mount, "", flags | AT_EMPTY_PATH, attributes, size);
}

/* The kernel's `struct statx`; not every C library has it. */
struct statx_answer {
    uint32_t mask, block_size;
    uint64_t attributes;
    unsigned char between[16];
    uint64_t inode;
    unsigned char sizes[16];
    uint64_t attributes_mask;
    unsigned char times[64];
    uint32_t special_major, special_minor, device_major, device_minor;
    uint64_t mount;
    unsigned char rest[104];
};

#define ATTRIBUTE_MOUNT_ROOT 0x2000 /* STATX_ATTR_MOUNT_ROOT */

enum { ANSWER_INODE = 0x100, ANSWER_MOUNT = 0x1000 }; /* STATX_INO, STATX_MNT_ID */

static inline int sys_statx_at(int directory, const char *path, int flags, unsigned wanted, struct statx_answer *answer)
{
    return (int)syscall(SYS_statx, directory, path, flags, wanted, answer);
}

static inline int sys_statx(int file, struct statx_answer *answer)
{
    return sys_statx_at(file, "", AT_EMPTY_PATH, 0, answer);
}

/*
 * Where a path has `..`, and something was renamed or mounted meanwhile anywhere on the host, the kernel asks to try again. Who
 * has it do so all the time wins no more than a failure.
 */
static inline int sys_openat2(int directory, const char *path, struct open_how *how)
{
    enum { MOST_TRIES = 1000 };
    int file, tries = 0;
    do
        file = (int)syscall(SYS_openat2, directory, path, how, sizeof *how);
    while (file < 0 && errno == EAGAIN && ++tries < MOST_TRIES);
    return file;
}

static inline int sys_mount(const char *source, const char *target, const char *type, unsigned long flags,
                            const char *data)
{
    return (int)syscall(SYS_mount, source, target, type, flags, data);
}

/* The call itself: to find the one that needs none takes longer than all the times that a run asks. */
static inline int sys_clock_gettime(clockid_t clock, struct timespec *time)
{
    return (int)syscall(SYS_clock_gettime, clock, time);
}

static inline int sys_prctl(int option, unsigned long argument, unsigned long second)
{
    return (int)syscall(SYS_prctl, option, argument, second, 0UL, 0UL);
}

static inline pid_t sys_clone3(struct clone_args *arguments)
{
    return (pid_t)syscall(SYS_clone3, arguments, sizeof *arguments);
}

/* Without a stack of its own a clone is a fork; then the order of the last arguments, which varies, does not matter. */
static inline pid_t sys_clone(unsigned long flags)
{
    return (pid_t)syscall(SYS_clone, flags, 0UL, 0UL, 0UL, 0UL);
}

#endif
