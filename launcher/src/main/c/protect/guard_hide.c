/* Covers what the command must not open. */
#include <errno.h>
#include <stdio.h>
#include <sys/sysmacros.h>

#include "actions.h"
#include "answers.h"
#include "closing.h"
#include "detached_mount.h"
#include "guard.h"
#include "kernel.h"
#include "links.h"
#include "messages.h"
#include "mounts.h"
#include "remount.h"
#include "source.h"
#include "tree.h"

static const uint64_t nothing_runs = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;

enum { SIZE_OF_OWN = 1 << 30 }; /* as a private home */

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
        close_later(tree);
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

/* An empty directory that is the sandbox's own, for programs that keep there how they are reached. */
static void cover_with_own(struct run *run, int directory, const char *path, const char *lines)
{
    const struct filesystem tmpfs = {"tmpfs", SIZE_OF_OWN, 0700, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV};
    struct kept *kept = kept_take(directory, lines);
    mount_new(run, &tmpfs, directory, path);
    kept_put(run, path, kept, true);
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
        close_later(tree);
    }
    close_later(null);
}

static void hide_opened(struct run *run, int file, mode_t type, const char *path, const char *lines, uint64_t flags)
{
    if (type == S_IFLNK)
        refuse_with_help(help_for_links, "`%s` is not what it was when the plan was compiled", path);
    if (tree_is_root(path))
        refuse("the root cannot be hidden");
    if (type == S_IFDIR && (flags & GUARD_OWN) != 0)
        cover_with_own(run, file, path, lines);
    else if (type == S_IFDIR)
        cover_directory(run, file, path, lines);
    else
        cover_file(run, file, path);
    tree_forget();
}

/* What a symlink within leads to is read through a hidden name as well, or at another name. */
static void hide_target(struct run *run, const char *path)
{
    if (links_lead_to_system(path))
        return;
    int file = tree_open(run, path);
    if (file < 0 && !error_is_answer(errno))
        guard_cannot_open(path, GUARD_USUAL);
    if (file < 0)
        return;
    if (!guard_is_read_only(file) && guard_pin(run, guard_parent_of(path)))
        file = guard_open_again(run, file, path);
    hide_opened(run, file, guard_type_of(file, path), path, "", 0);
    remount_note(run, REMOUNT_HIDE, path, "", 0);
    close_later(file);
    absent_forget(path);
}

static void hide_path(struct run *run, const char *path, const char *name, const char *lines, uint64_t flags)
{
    bool unseen = (flags & GUARD_UNSEEN) != 0;
    mode_t type = 0;
    int file = absent_is(run, path, flags) ? -1 : guard_open(run, path, name, flags, &type);
    bool absent = file < 0;
    if (file >= 0 && unseen && type == S_IFLNK) {
        close_later(file);
        file = tree_resolve(run, path, 0); /* it may lead nowhere */
    } else if (file >= 0 && !guard_is_read_only(file) && guard_pin(run, guard_parent_of(path)))
        file = guard_open_again(run, file, path); /* a later sandbox would not know it by another name */
    remount_note(run, REMOUNT_HIDE, path, lines, flags | (absent ? REMOUNT_ABSENT : 0U));
    if (file < 0)
        return;
    type = guard_type_of(file, path); /* it may be another one by now */
    if (type == S_IFDIR && !tree_is_root(path)) {
        links_within(run, run->root.at, path, lines, (flags & GUARD_USUAL) != 0, &(struct link_wish){hide_target, 0, NULL, NULL});
        close_later(file);
        file = unseen ? tree_resolve(run, path, 0) : tree_open(run, path);
        if (file < 0)
            die("cannot open `%s` to keep it from the command", path);
        type = guard_type_of(file, path);
    }
    hide_opened(run, file, type, path, lines, flags);
    close_later(file);
    absent_forget(unseen ? NULL : path);
}

/* Where a symlink is by now, it is followed. */
void guard_hide_again(struct run *run, const char *path, const char *lines, uint64_t flags)
{
    hide_path(run, path, path, lines, flags | GUARD_UNSEEN | GUARD_USUAL);
}

static void hide_line(struct run *run, const struct operand *line, const char *lines, uint64_t flags)
{
    covers_guard(run, line, (flags & GUARD_ALONE) != 0);
    if ((flags & (GUARD_UNSEEN | GUARD_ALONE)) == GUARD_UNSEEN)
        covers_guard_here(run, line, true);
    if (guard_has_no_place(run, line))
        return;
    if ((flags & GUARD_UNSEEN) != 0)
        covers_other_names(run, run_path(run, line), 0, hide_target);
    hide_path(run, run_path(run, line), line->data, lines, flags);
}

void do_hide(struct run *run, const struct operand *operands)
{
    struct operand line;
    guard_check_lines(operands);
    struct guarded_lines lines = {.list = &operands[0]};
    absent_expect(&lines);
    while (guarded_next(run, &lines, &line))
        hide_line(run, &line, operands[1].data, operands[2].number);
    absent_end(run);
}
