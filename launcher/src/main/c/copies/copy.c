/* A file with what another one holds, mounted where that one, or a third, is seen. */
#include "copy.h"

#include <errno.h>
#include <string.h>

#include "actions.h"
#include "copies.h"
#include "kernel.h"
#include "messages.h"
#include "mounts.h"
#include "run.h"
#include "source.h"
#include "staging.h"

int copy_open(const char *path, struct stat *status)
{
    int file = source_open_file(path);
    if (file < 0)
        return -1;
    if (fstat(file, status) == 0 && S_ISREG(status->st_mode))
        return file;
    close(file);
    errno = EINVAL;
    return -1;
}

static bool write_at(int to, const char *bytes, size_t length, off_t *offset)
{
    while (length > 0) {
        ssize_t written = pwrite(to, bytes, length, *offset);
        if (written < 0)
            return false;
        bytes += written;
        length -= (size_t)written;
        *offset += written;
    }
    return true;
}

/* Says where the copy ends, or -1. */
static off_t write_copy(int from, int to, const struct operand *prefix)
{
    char bytes[4096]; /* each page of the stack is touched */
    off_t end = 0;
    size_t before = prefix->length < sizeof bytes / 2 ? prefix->length : 0; /* written together with what follows */
    ssize_t length;
    memcpy(bytes, prefix->data, before);
    if (before == 0 && !write_at(to, prefix->data, prefix->length, &end))
        return -1;
    while ((length = read(from, bytes + before, sizeof bytes - before)) != 0) {
        if (length < 0 && errno == EINTR)
            continue;
        if (length < 0 || !write_at(to, bytes, before + (size_t)length, &end))
            return -1;
        before = 0;
    }
    return write_at(to, bytes, before, &end) ? end : -1;
}

/* What is there is written over, and what is left of it cut off: who reads meanwhile sees no empty file. */
bool copy_write(int from, int to, const struct operand *prefix)
{
    off_t end = write_copy(from, to, prefix);
    return end >= 0 && ftruncate(to, end) == 0;
}

static bool may_be_missing(uint64_t flags)
{
    return (flags & MOUNT_SKIP_MISSING) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

void do_file_copy(struct run *run, const struct operand *operands)
{
    struct stat status;
    const char *source = run_path(run, &operands[0]);
    int from = copy_open(source, &status);
    if (from < 0) {
        if (may_be_missing(operands[5].number))
            return;
        die_with_help(errno == ELOOP ? help_for_links : NULL, "cannot read `%s`", source);
    }
    int stage = stage_begin_copy(run, (operands[5].number & COPY_FOLLOW) != 0);
    int file = stage_file(stage, (mode_t)operands[3].number & 07777);
    if (write_copy(from, file, &operands[2]) < 0)
        die("cannot copy `%s`", source);
    close(from);
    if ((operands[5].number & COPY_FOLLOW) != 0)
        copies_send(run, file, &status);
    close(file);
    stage_mount(run, stage, &operands[1], operands[4].number, operands[5].number);
}
