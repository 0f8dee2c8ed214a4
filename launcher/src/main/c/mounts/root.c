/*
 * The root of the new tree. It is mounted over `/` of the new mount namespace: that needs no directory on the host, and
 * because a path that starts with `/` starts at the process's root, below what is mounted there, the caller's files
 * stay reachable until pivot-root.
 */
#include <errno.h>
#include <stdio.h>

#include "actions.h"
#include "kernel.h"
#include "messages.h"
#include "mounts.h"
#include "old_root.h"
#include "staging.h"
#include "tree.h"

void do_propagation(struct run *run, const struct operand *operands)
{
    (void)run;
    if (sys_mount(NULL, "/", NULL, MS_REC | (unsigned long)operands[0].number, NULL) < 0)
        die("cannot set the propagation of the mounts");
}

void do_root_tmpfs(struct run *run, const struct operand *operands)
{
    int mount = mount_tmpfs_on_root(operands[0].number, (unsigned)operands[1].number & 07777);
    tree_add_own(run, mount);
    tree_begin(true);
    run->root.at = mount;
    run->root.is_new = true;
    run->root.mounts = 1;
    stage_expect(run);
}

void do_root_host(struct run *run, const struct operand *operands)
{
    (void)operands;
    tree_begin(false);
    run->root.at = openat(AT_FDCWD, "/", O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (run->root.at < 0)
        die("cannot open `/`");
}

/*
 * The kernel's first file system, an initramfs, cannot be taken off. The new root lies over it already, so that a path from
 * `/` leads past the old one; only who may unmount could see it again, which the rules of plans make sure nobody may.
 */
static void cover_root(void)
{
    if (chroot(".") < 0)
        die("cannot make the new root the root");
    if (chdir("/") < 0)
        die("cannot enter `/`");
}

void do_cover_root(struct run *run, const struct operand *operands)
{
    (void)operands;
    run->moved = true;
    stage_forget(run);
    if (fchdir(run->root.at) < 0)
        die("cannot enter the new root");
    cover_root();
}

static void detach_old_root(const struct run *run)
{
    old_root_detach(run->root.at, run->root.mounts);
    if (chdir("/") < 0)
        die("cannot enter `/`");
}

void do_pivot_root(struct run *run, const struct operand *operands)
{
    (void)operands;
    run->moved = true;
    stage_forget(run);
    if (fchdir(run->root.at) < 0)
        die("cannot enter the new root");
    if (syscall(SYS_pivot_root, ".", ".") < 0)
        die("cannot make the new root the root");
    detach_old_root(run);
}

/* What a probe is answered where the old root can only be covered; 1 is what any probe that succeeds may say. */
enum { ROOT_IS_COVERED = 2 };

void do_root_query(struct run *run, const struct operand *operands)
{
    (void)operands;
    if (fchdir(run->root.at) < 0)
        die("cannot enter the new root");
    if (syscall(SYS_pivot_root, ".", ".") == 0) {
        detach_old_root(run);
        return;
    }
    if (errno != EINVAL)
        die("cannot make the new root the root");
    cover_root();
    run->value = ROOT_IS_COVERED;
}
