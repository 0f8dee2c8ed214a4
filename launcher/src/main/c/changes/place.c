/* A tree whose changes are kept apart, at its place in the sandbox: an overlay or, where the kernel makes none, a copy. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "actions.h"
#include "detached_mount.h"
#include "kernel.h"
#include "messages.h"
#include "mounts.h"
#include "overlay.h"
#include "record.h"
#include "run.h"
#include "snapshot.h"
#include "source.h"
#include "text.h"
#include "tree_copy.h"

enum { NO_COPY = 64, DIRECTORY_FLAGS = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC };

static int open_part(const struct run *run, const char *name, const char *part)
{
    int file = source_open(record_path(run, name, part));
    if (file < 0)
        die("cannot open `%s` of the directory for changes", part);
    return file;
}

/* -1 where the kernel makes none that can be written. */
static int make_overlay(struct run *run, int source, const char *name, uint64_t attributes)
{
    int upper = open_part(run, name, "upper"), work = open_part(run, name, "work");
    run->layers.files[run->layers.count++] = source;
    int mount = overlay_try(run, upper, work, attributes);
    int error = errno;
    run->layers.count = 0;
    close(upper);
    close(work);
    if (mount >= 0 && !overlay_is_writable(mount)) {
        close(mount);
        mount = -1;
        error = EROFS;
    }
    errno = error;
    return mount;
}

static void copy_into(int from, int to, const char *only, const char *path)
{
    struct copied copied = {.files = 0};
    tree_copy(from, to, only, &copied);
    if (copied.failed)
        die_with_help("the copy is for this run alone; a smaller directory, or more room, helps", "cannot copy `%s`", path);
    if (only == NULL && copied.shared < copied.files)
        say("copied %lu files of `%s`, %lu of them shared with the originals", copied.files, path, copied.shared);
}

/* The second record tells what the command has changed in the copy: it cannot set the time of change. */
static int make_copy(const struct run *run, int source, const char *only, const char *name, const char *path)
{
    struct stat status;
    int place = openat(open_part(run, name, "."), ".", DIRECTORY_FLAGS);
    int from = openat(source, ".", DIRECTORY_FLAGS);
    if (place < 0 || from < 0 || fstat(from, &status) < 0 || mkdirat(place, "copy", 0700) < 0)
        die("cannot make a copy of `%s`", path);
    int copy = openat(place, "copy", DIRECTORY_FLAGS);
    if (copy < 0)
        die("cannot make a copy of `%s`", path);
    copy_into(from, copy, only, path);
    if (fchmod(copy, status.st_mode & 01777) < 0 || !snapshot_take(copy, only, place, "copied"))
        die("cannot note what was copied of `%s`", path);
    close(from);
    close(place);
    return copy;
}

static void say_cost(const char *path, const struct recorded *recorded, int error)
{
    say("the kernel makes no overlay of `%s` (%s); copying %llu entries, %llu MiB", path, strerror(error),
        (unsigned long long)recorded->entries, (unsigned long long)(recorded->bytes >> 20));
}

static int place_directory(struct run *run, const struct operand *operands, int source, const struct recorded *recorded)
{
    const char *name = operands[2].data, *path = run_name(run, &operands[1]);
    int mount = make_overlay(run, source, name, operands[3].number);
    if (mount >= 0)
        return mount;
    if ((operands[4].number & NO_COPY) != 0)
        die_with_help("leave out what is to be read in it alone, or choose a profile that lists no such part, as `project`",
                      "the kernel makes no overlay of `%s`, and a copy cannot hold what is mounted in it", path);
    say_cost(path, recorded, errno);
    return clone_opened(make_copy(run, source, NULL, name, path), name, operands[3].number, false);
}

static int place_file(struct run *run, const struct operand *operands)
{
    const char *path = run_path(run, &operands[1]), *slash = strrchr(path, '/');
    int directory = source_open(text_of("%.*s", slash == path ? 1 : (int)(slash - path), path));
    if (directory < 0)
        die("cannot open the directory of `%s`", path);
    int copy = make_copy(run, directory, slash + 1, operands[2].data, path);
    int file = openat(copy, slash + 1, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    if (file < 0)
        die("cannot open the copy of `%s`", path);
    return clone_opened(file, path, operands[3].number, false);
}

static const struct recorded *require_same(const char *name, const struct stat *status)
{
    const struct recorded *recorded = record_find(name);
    if (recorded == NULL || recorded->inode != status->st_ino)
        refuse("a path that is to be written was replaced by another one meanwhile");
    return recorded;
}

void do_changes_tree(struct run *run, const struct operand *operands)
{
    const char *destination = run_path(run, &operands[0]);
    struct stat status;
    int mount, source = source_open(run_source(run, &operands[1]));
    run->root.plain_destination = (operands[4].number & MOUNT_PLAIN) != 0;
    if (source < 0 && errno == ENOENT && (operands[4].number & MOUNT_SKIP_MISSING) != 0)
        return;
    if (source < 0 || fstat(source, &status) < 0)
        die_with_help(errno == ELOOP ? help_for_links : NULL, "cannot open `%s`", run_name(run, &operands[1]));
    if (mounts_by_path())
        refuse_with_help("Linux 5.12 or later has them", "changes are kept apart by mounts that this kernel does not make");
    covers_remember(run, &operands[1], destination, 0);
    if (S_ISDIR(status.st_mode))
        mount = place_directory(run, operands, source, require_same(operands[2].data, &status));
    else if (S_ISREG(status.st_mode) && require_same(operands[2].data, &status) != NULL)
        mount = place_file(run, operands);
    else
        mount = clone_opened(source, operands[1].data, operands[3].number, false);
    if (mount < 0)
        die("cannot mount `%s`", run_name(run, &operands[1]));
    mount_attach(run, mount, destination, !S_ISDIR(status.st_mode), (operands[4].number & MOUNT_CREATE) != 0);
    close(source);
}
