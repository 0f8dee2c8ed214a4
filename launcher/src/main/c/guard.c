/*
 * Keeps files from the command although what lists them stays. Everything is resolved in the tree that the command is
 * going to see, without following a symlink: the compiler has followed those there were, and one that is new makes the
 * plan an old one.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>

#include "actions.h"
#include "clone.h"
#include "guard.h"
#include "kernel.h"
#include "messages.h"
#include "mountinfo.h"
#include "mounts.h"
#include "paths.h"
#include "source.h"
#include "tree.h"

enum { GUARD_LINK = 1, GUARD_UNSEEN = 2 };

static const uint64_t nothing_runs = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;

static bool is_absent(int error)
{
    return error == ENOENT || error == ENOTDIR;
}

/*
 * Who owns a directory that cannot be searched can make it searchable: then what is in it is within reach. Others'
 * directories stay closed to the command as they are to us.
 */
static bool is_closed_by_others(const struct run *run, const char *path)
{
    struct stat status = {.st_uid = 0};
    int above = -1;
    char *shorter = strdup(path);
    while (shorter != NULL && above < 0 && strrchr(shorter, '/') > shorter) {
        *strrchr(shorter, '/') = '\0';
        above = tree_open(run, shorter);
    }
    bool closed = above >= 0 && fstat(above, &status) == 0 && status.st_uid != geteuid();
    if (above >= 0)
        close(above);
    free(shorter);
    return closed;
}

static bool has_no_place(const struct run *run, const struct operand *operand)
{
    return operand->data[0] == '@' && run->working_directory == NULL;
}

/*
 * Where it is out of the command's reach, or not there, there is nothing to guard: -1. What the compiler could not see
 * may lie behind symlinks, which are followed then.
 */
static int open_guarded(const struct run *run, const char *path, const char *name, bool unseen)
{
    int file = tree_open(run, path);
    if (file < 0 && errno == ELOOP && unseen)
        file = tree_resolve(run, path, 0);
    int error = errno;
    if (file < 0 && !is_absent(error) && !(error == EACCES && is_closed_by_others(run, path))) {
        errno = error;
        die_with_help(error == ELOOP ? help_for_links : NULL, "cannot open `%s` to keep it from the command", name);
    }
    return file;
}

static bool is_read_only(int file)
{
    struct statfs status;
    if (fstatfs(file, &status) < 0)
        die("cannot examine a file system");
    return (status.f_flags & ST_RDONLY) != 0;
}

/* A mount point cannot be renamed. */
static bool is_mount_root(int file)
{
    struct statx_answer status;
    if (sys_statx(file, &status) == 0 && (status.attributes_mask & ATTRIBUTE_MOUNT_ROOT) != 0)
        return (status.attributes & ATTRIBUTE_MOUNT_ROOT) != 0;
    /* before Linux 5.8 */
    int above = openat(file, "..", O_PATH | O_CLOEXEC);
    bool is_root = above >= 0 && mountinfo_id(above) != mountinfo_id(file);
    if (above >= 0)
        close(above);
    return is_root;
}

/* Mounts what is at a path over itself. A symlink stays one: what is mounted on it is followed like itself. */
static void mount_over_itself(const struct run *run, int file, const char *path, uint64_t attributes, bool link)
{
    absent_forget(path);
    if (mounts_by_path()) {
        if (link)
            fallback_bind_link(file, file);
        else
            fallback_bind_at(run, file, file, path, attributes);
        return;
    }
    int tree = clone_opened(file, path, attributes, !link);
    if (tree < 0 || sys_move_mount(tree, file, "") < 0)
        die("cannot mount `%s` over itself", path);
    close(tree);
}

/* Directories that are mount points, and so are those above them. */
static bool is_pinned(const struct run *run, const char *path)
{
    for (unsigned i = 0; i < run->pinned_count; i++) {
        if (strcmp(run->pinned[i], path) == 0)
            return true;
    }
    return false;
}

static void remember_pinned(struct run *run, const char *path)
{
    const char **paths = realloc(run->pinned, (run->pinned_count + 1) * sizeof *paths);
    if (paths == NULL)
        die("cannot remember a path");
    run->pinned = paths;
    paths[run->pinned_count++] = path;
}

static char *parent_of(const char *path)
{
    char *parent = strndup(path, (size_t)(strrchr(path, '/') - path));
    if (parent == NULL)
        die("cannot copy a path");
    return parent;
}

/*
 * What is guarded could be renamed away together with a directory above it, and something else be put in its place. So
 * each directory on the way up to the next mount point becomes one, the uppermost first. Says whether there is a new one.
 */
static bool pin(struct run *run, const char *path)
{
    if (path[0] == '\0' || is_pinned(run, path))
        return false;
    int directory = tree_open(run, path);
    if (directory < 0)
        die("cannot open `%s`, which holds something to be kept", path);
    bool new = !is_mount_root(directory);
    if (new) {
        close(directory);
        pin(run, parent_of(path));
        directory = tree_open(run, path);
        if (directory < 0)
            die("cannot open `%s`, which holds something to be kept", path);
        mount_over_itself(run, directory, path, 0, false);
    }
    close(directory);
    remember_pinned(run, path);
    return new;
}

static mode_t type_of(int file, const char *path)
{
    struct stat status;
    if (fstat(file, &status) < 0)
        die("cannot examine `%s`", path);
    return status.st_mode & S_IFMT;
}

/* Above a new mount point it is another directory that holds it. */
static int open_again(const struct run *run, int file, const char *path)
{
    close(file);
    file = tree_open(run, path);
    if (file < 0)
        die("cannot open `%s` to keep it from the command", path);
    return file;
}

static void protect(struct run *run, int file, const char *path, const char *lines)
{
    if (pin(run, parent_of(path)))
        file = open_again(run, file, path);
    mode_t type = type_of(file, path);
    struct kept *kept = kept_take(file, type == S_IFDIR ? lines : "");
    mount_over_itself(run, file, path, type == S_IFLNK ? 0 : MOUNT_ATTR_RDONLY, type == S_IFLNK);
    close(file);
    kept_put(run, path, kept, false);
}

/* In the working directory, of which the compiler knew nothing: where symlinks lead is protected as it is. */
static void protect_behind_links(struct run *run, int opened, const char *path)
{
    if (type_of(opened, path) == S_IFLNK)
        protect(run, opened, path, "");
    else
        close(opened);
    int file = tree_resolve(run, path, 0);
    if (file >= 0 && !is_read_only(file))
        mount_over_itself(run, file, path, MOUNT_ATTR_RDONLY, false);
    if (file >= 0)
        close(file);
    else if (!is_absent(errno))
        die("cannot open `%s` to keep it from the command", path);
    absent_forget(NULL);
}

static bool is_behind_links(const struct run *run, mode_t type, const char *path)
{
    int again = type == S_IFLNK ? -1 : tree_open(run, path);
    if (again >= 0)
        close(again);
    return again < 0;
}

static void protect_opened(struct run *run, int file, const char *path, const char *lines, uint64_t flags)
{
    bool unseen = (flags & GUARD_UNSEEN) != 0;
    mode_t type = type_of(file, path);
    if (!unseen && (type == S_IFLNK) != ((flags & GUARD_LINK) != 0))
        refuse_with_help(help_for_links, "`%s` is not what it was when the plan was compiled", path);
    if (is_read_only(file) || tree_is_root(path)) {
        close(file);
        return;
    }
    if (unseen && is_behind_links(run, type, path))
        protect_behind_links(run, file, path);
    else
        protect(run, file, path, lines);
    tree_forget();
}

static void protect_line(struct run *run, const struct operand *line, const char *lines, uint64_t flags)
{
    covers_guard(run, line);
    enum watch_answer answer = watch_find(run, line->data);
    if (answer == WATCH_MISSING || has_no_place(run, line))
        return;
    const char *path = run_path(run, line);
    if (answer == WATCH_UNKNOWN && absent_is(run, path))
        return;
    int file = open_guarded(run, path, line->data, (flags & GUARD_UNSEEN) != 0);
    if (file >= 0)
        protect_opened(run, file, path, lines, flags);
}

/* What is kept is kept of one directory. */
static void check_lines(const struct operand *operands)
{
    if (operands[1].data[0] != '\0' && paths_are_several(&operands[0]))
        refuse("only a guard of one path can keep something");
}

void do_protect(struct run *run, const struct operand *operands)
{
    struct operand line;
    check_lines(operands);
    for (struct guarded_lines lines = {.list = &operands[0]}; guarded_next(run, &lines, &line);)
        protect_line(run, &line, operands[1].data, operands[2].number);
    absent_forget(NULL);
}

/* What is empty can be in several places. */
static void cover_like(struct run *run, int directory, const char *path)
{
    int empty = tree_open(run, run->empty);
    if (empty < 0)
        die("cannot open `%s`", run->empty);
    if (mounts_by_path()) {
        fallback_bind_at(run, empty, directory, path, nothing_runs);
    } else {
        int tree = clone_opened(empty, path, nothing_runs, false);
        if (tree < 0 || sys_move_mount(tree, directory, "") < 0)
            die("cannot hide `%s`", path);
        close(tree);
    }
    close(empty);
}

/* An empty directory, in which nothing can be made either. */
static void cover_directory(struct run *run, int directory, const char *path, const char *lines)
{
    const struct filesystem tmpfs = {"tmpfs", 4096, 0555, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC};
    struct kept *kept = kept_take(directory, lines);
    if (kept == NULL && run->empty != NULL) {
        cover_like(run, directory, path);
        return;
    }
    mount_new(run, &tmpfs, directory, path);
    kept_put(run, path, kept, true);
    mount_seal(run, path, nothing_runs);
    if (kept == NULL)
        run->empty = path;
}

/* A device where devices do not work: nobody can open it. */
static void cover_file(const struct run *run, int file, const char *path)
{
    struct stat status;
    int null = openat(AT_FDCWD, "/dev/null", O_PATH | O_NOFOLLOW | O_CLOEXEC);
    if (null < 0 || fstat(null, &status) < 0)
        die("cannot open `/dev/null`");
    if (!S_ISCHR(status.st_mode) || status.st_rdev != makedev(1, 3))
        refuse("`/dev/null` is not the device that it should be, so `%s` cannot be hidden", path);
    if (mounts_by_path()) {
        fallback_bind_at(run, null, file, path, nothing_runs);
    } else {
        int tree = clone_opened(null, path, nothing_runs, false);
        if (tree < 0 || sys_move_mount(tree, file, "") < 0)
            die("cannot hide `%s`", path);
        close(tree);
    }
    close(null);
}

static void hide_opened(struct run *run, int file, const char *path, const char *lines)
{
    mode_t type = type_of(file, path);
    if (type == S_IFLNK)
        refuse_with_help(help_for_links, "`%s` is not what it was when the plan was compiled", path);
    if (tree_is_root(path))
        refuse("the root cannot be hidden");
    if (type == S_IFDIR)
        cover_directory(run, file, path, lines);
    else
        cover_file(run, file, path);
    tree_forget();
}

static void hide_line(struct run *run, const struct operand *line, const char *lines, uint64_t flags)
{
    bool unseen = (flags & GUARD_UNSEEN) != 0;
    covers_guard(run, line);
    if (has_no_place(run, line))
        return;
    const char *path = run_path(run, line);
    int file = absent_is(run, path) ? -1 : open_guarded(run, path, line->data, unseen);
    if (file >= 0 && unseen && type_of(file, path) == S_IFLNK) {
        close(file);
        file = tree_resolve(run, path, 0); /* it may lead nowhere */
    } else if (file >= 0 && !is_read_only(file) && pin(run, parent_of(path)))
        file = open_again(run, file, path); /* a later sandbox would not know it by another name */
    if (file < 0)
        return;
    hide_opened(run, file, path, lines);
    close(file);
    absent_forget(unseen ? NULL : path);
}

void do_hide(struct run *run, const struct operand *operands)
{
    struct operand line;
    check_lines(operands);
    for (struct guarded_lines lines = {.list = &operands[0]}; guarded_next(run, &lines, &line);)
        hide_line(run, &line, operands[1].data, operands[2].number);
    absent_forget(NULL);
}
