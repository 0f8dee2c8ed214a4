/* Files that are made for the sandbox: in our own tmpfs, or over one of the host's. */
#include <errno.h>

#include "actions.h"
#include "detached_mount.h"
#include "kernel.h"
#include "messages.h"
#include "mounts.h"
#include "staging.h"
#include "tree.h"

static void write_all(int file, const char *bytes, size_t length, const char *path)
{
    while (length > 0) {
        ssize_t written = write(file, bytes, length);
        if (written < 0)
            die("cannot write `%s`", path);
        bytes += written;
        length -= (size_t)written;
    }
}

static void copy_all(int file, int from, const char *path)
{
    char bytes[16384];
    for (;;) {
        ssize_t length = read(from, bytes, sizeof bytes);
        if (length < 0 && errno == EINTR)
            continue;
        if (length < 0)
            die("cannot read descriptor %d for `%s`", from, path);
        if (length == 0)
            return;
        write_all(file, bytes, (size_t)length, path);
    }
}

/* What we opened ourselves is closed on exec; what was inherited cannot be. */
static int inherited(uint64_t number, const char *path)
{
    int descriptor = number > INT32_MAX ? -1 : (int)number;
    int flags = fcntl(descriptor, F_GETFD);
    if (flags < 0 || (flags & FD_CLOEXEC) != 0)
        refuse_with_help("open it for the launcher, as in `9<file`", "descriptor %d for `%s` is not open", descriptor,
                         path);
    return descriptor;
}

void do_file(struct run *run, const struct operand *operands)
{
    int file = tree_make_file(run, &operands[0], (mode_t)operands[1].number & 07777);
    write_all(file, operands[2].data, operands[2].length, operands[0].data);
    close(file);
}

void do_file_over(struct run *run, const struct operand *operands)
{
    int stage = stage_begin_copy(run, false);
    int file = stage_file(stage, (mode_t)operands[1].number & 07777);
    write_all(file, operands[2].data, operands[2].length, operands[0].data);
    close(file);
    stage_mount(run, stage, &operands[0], operands[3].number, operands[4].number & MOUNT_PLAIN);
}

void do_file_from(struct run *run, const struct operand *operands)
{
    int from = inherited(operands[2].number, operands[0].data);
    bool over = (operands[4].number & MOUNT_FILE) != 0;
    mode_t mode = (mode_t)operands[1].number & 07777;
    int stage = over ? stage_begin() : -1;
    int file = over ? stage_file(stage, mode) : tree_make_file(run, &operands[0], mode);
    copy_all(file, from, operands[0].data);
    close(file);
    if (over)
        stage_mount(run, stage, &operands[0], operands[3].number, operands[4].number & MOUNT_PLAIN);
}
