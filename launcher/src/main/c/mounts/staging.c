#include "staging.h"

#include <stdio.h>

#include "closing.h"
#include "kernel.h"
#include "messages.h"
#include "mounts.h"
#include "opcodes.h"
#include "tree.h"

enum { STAGE_SIZE = 16 << 20 };

/* One name for each file in the directory that is covered, which keeps them all. */
static char name[16] = "file";

/*
 * Only what is mounted somewhere can be mounted at a second place. So a tmpfs covers the root for a moment. (A file of the
 * new root that loses its name would do, but nothing could be mounted over it any more.)
 */
int stage_begin(void)
{
    return mount_tmpfs_on_root(STAGE_SIZE, 0700);
}

/*
 * To take a tmpfs off again the kernel waits until no processor can be looking at it, which on a busy machine takes longer
 * than all other mounts together. A file in a directory of the new root that has been covered needs no tmpfs; but one that
 * stays open for writing would keep the new root from becoming read-only.
 */
int stage_begin_copy(const struct run *run, bool stays_open)
{
    static unsigned copies;
    if (run->root.covered < 0 || stays_open)
        return stage_begin();
    snprintf(name, sizeof name, "%u", copies++);
    return run->root.covered;
}

static bool has(const struct run *run, uint16_t action)
{
    struct plan_cursor cursor = plan_start(run->plan);
    struct record record;
    return plan_find(&cursor, action, &record);
}

void stage_expect(struct run *run)
{
    run->root.covers_one = !mounts_by_path() && (has(run, OP_FILE_COPY) || has(run, OP_FILE_OVER));
}

void stage_cover(struct run *run, int directory, const char *point)
{
    if (!run->root.covers_one || run->root.covered >= 0 || directory != run->root.at || point[0] == '\0')
        return;
    run->root.covered = openat(directory, point, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (run->root.covered < 0)
        die("cannot open the mount point `%s`", point);
}

void stage_forget(struct run *run)
{
    if (run->root.covered >= 0)
        close_later(run->root.covered);
    run->root.covered = -1;
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
    run->root.plain_destination = (flags & MOUNT_PLAIN) != 0;
    mount_from(run, stage, name, path, attributes, (flags & MOUNT_CREATE) != 0);
    if (stage != run->root.covered)
        leave(stage);
}
