/*
 * Keeps files from the command although what lists them stays. Everything is resolved in the tree that the command is
 * going to see, without following a symlink: the compiler has followed those there were, and one that is new makes the
 * plan an old one.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>

#include "actions.h"
#include "answers.h"
#include "closing.h"
#include "guard.h"
#include "kernel.h"
#include "links.h"
#include "messages.h"
#include "mounts.h"
#include "paths.h"
#include "remount.h"
#include "source.h"
#include "tree.h"

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
        close_later(above);
    free(shorter);
    return closed;
}

bool guard_has_no_place(const struct run *run, const struct operand *operand)
{
    return operand->data[0] == '@' && run->working_directory == NULL;
}

/* A usual path that is broken, such as a link to itself or a mount whose server is gone, is not worth the whole run. */
int guard_cannot_open(const char *name, uint64_t flags)
{
    int error = errno;
    if ((flags & GUARD_USUAL) == 0 || error == EMFILE || error == ENFILE || error == ENOMEM)
        die_with_help(error == ELOOP ? help_for_links : NULL, "cannot open `%s` to keep it from the command", name);
    say("warning: `%s` is broken, and not kept from the command: %s", name, strerror(error));
    return -1;
}

static int examine(int file, const char *name, uint64_t flags, mode_t *type)
{
    struct stat status;
    if (fstat(file, &status) == 0) {
        *type = status.st_mode & S_IFMT;
        return file;
    }
    int error = errno;
    close_later(file);
    errno = error;
    return guard_cannot_open(name, flags);
}

int guard_open(const struct run *run, const char *path, const char *name, uint64_t flags, mode_t *type)
{
    int file = tree_open(run, path);
    if (file < 0 && errno == ELOOP && (flags & GUARD_UNSEEN) != 0)
        file = tree_resolve(run, path, 0);
    int error = errno;
    if (file >= 0)
        return examine(file, name, flags, type);
    if (is_absent(error) || (error == EACCES && is_closed_by_others(run, path)))
        return -1;
    errno = error;
    return guard_cannot_open(name, flags);
}

bool guard_is_read_only(int file)
{
    struct statfs status;
    if (fstatfs(file, &status) < 0)
        die("cannot examine a file system");
    return (status.f_flags & ST_RDONLY) != 0;
}

mode_t guard_type_of(int file, const char *path)
{
    struct stat status;
    if (fstat(file, &status) < 0)
        die("cannot examine `%s`", path);
    return status.st_mode & S_IFMT;
}

/* Below a mount that is read-only there may be others that are not: of what is guarded alone they are a part as well. */
static bool has_parts(mode_t type, uint64_t flags)
{
    return (flags & GUARD_ALONE) != 0 && type == S_IFDIR;
}

static bool is_read_only_throughout(int file, mode_t type, uint64_t flags)
{
    return !has_parts(type, flags) && guard_is_read_only(file);
}

/* It is not read-only throughout. */
static void protect(struct run *run, int file, mode_t type, const char *path, const char *lines, uint64_t flags)
{
    if (!(has_parts(type, flags) && guard_is_read_only(file)) && guard_pin(run, guard_parent_of(path))) {
        file = guard_open_again(run, file, path);
        type = guard_type_of(file, path);
    }
    struct kept *kept = kept_take(file, type == S_IFDIR ? lines : "");
    guard_mount_over_itself(run, file, path, type == S_IFLNK ? 0 : MOUNT_ATTR_RDONLY, type == S_IFLNK);
    close_later(file);
    kept_put(run, path, kept, false);
    remount_note(run, REMOUNT_PROTECT, path, lines, (type == S_IFLNK ? GUARD_LINK : 0U) | (flags & GUARD_ALONE));
}

static void protect_opened(struct run *run, int file, mode_t type, const char *path, const char *lines, uint64_t flags);

/* Many symlinks lead over the same one, which is mounted over itself once. */
static bool is_kept_link(int file, const char *path)
{
    return guard_type_of(file, path) == S_IFLNK && guard_is_mount_root(file);
}

/* What a symlink within leads to is changed through a protected name as well, or at another name. */
static void protect_one(struct run *run, const char *path, uint64_t flags)
{
    int file = tree_open(run, path);
    if (file < 0 && !error_is_answer(errno))
        guard_cannot_open(path, flags);
    if (file < 0)
        return;
    if (guard_is_read_only(file) || tree_is_root(path) || is_kept_link(file, path))
        close_later(file);
    else
        protect(run, file, guard_type_of(file, path), path, "", 0);
}

static void protect_target(struct run *run, const char *path)
{
    protect_one(run, path, GUARD_USUAL);
}

/* Through it something could be made where nothing can be mounted yet; not where the host has what is not shown inside. */
static void note_nowhere(struct run *run, const char *link)
{
    struct stat status;
    if (stat(link, &status) < 0)
        remount_note(run, REMOUNT_NOWHERE, link, "", 0);
}

static void protect_links(struct run *run, mode_t type, const char *path, const char *lines, uint64_t flags)
{
    if ((flags & GUARD_ALONE) == 0 && type == S_IFDIR)
        links_within(run, run->root.at, path, lines, (flags & GUARD_USUAL) != 0,
                     &(struct link_wish){protect_target, COVERS_READ_ONLY, protect_target, note_nowhere});
}

static void protect_link(void *context, const char *link)
{
    protect_one(context, link, 0);
    covers_other_names_of_link(context, link, COVERS_READ_ONLY, protect_target);
}

static void protect_found(struct run *run, const char *path)
{
    char *real = links_real_path(run->root.at, path, protect_link, run);
    if (real == NULL && !error_is_answer(errno))
        die("cannot look for `%s` to keep it from the command", path);
    if (real == NULL)
        return;
    int file = tree_open(run, real);
    if (file >= 0)
        protect_opened(run, file, guard_type_of(file, real), real, "", GUARD_USUAL);
    else if (!error_is_answer(errno))
        die("cannot open `%s` to keep it from the command", path);
    absent_forget(NULL);
}

/* The compiler knows nothing of it, nor of the other names that it has by a tree bound elsewhere. */
void guard_protect_found(struct run *run, const char *path)
{
    protect_found(run, path);
    covers_other_names(run, path, COVERS_READ_ONLY, protect_found);
}

/* In the working directory, of which the compiler knew nothing: where symlinks lead is protected as it is. */
static void protect_behind_links(struct run *run, int opened, mode_t type, const char *path, uint64_t flags)
{
    if (type == S_IFLNK)
        protect(run, opened, type, path, "", 0);
    else
        close_later(opened);
    int file = tree_resolve(run, path, 0);
    if (file >= 0 && !is_read_only_throughout(file, guard_type_of(file, path), flags))
        guard_mount_over_itself(run, file, path, MOUNT_ATTR_RDONLY, false);
    remount_note(run, REMOUNT_PROTECT, path, "", GUARD_UNSEEN | (flags & GUARD_ALONE));
    if (file >= 0)
        close_later(file);
    else if (is_absent(errno))
        note_nowhere(run, path);
    else
        die("cannot open `%s` to keep it from the command", path);
    absent_forget(NULL);
}

static bool is_behind_links(const struct run *run, mode_t type, const char *path)
{
    int again = type == S_IFLNK ? -1 : tree_open(run, path);
    if (again >= 0)
        close_later(again);
    return again < 0;
}

static void protect_opened(struct run *run, int file, mode_t type, const char *path, const char *lines, uint64_t flags)
{
    bool unseen = (flags & GUARD_UNSEEN) != 0;
    if (!unseen && (type == S_IFLNK) != ((flags & GUARD_LINK) != 0))
        refuse_with_help(help_for_links, "`%s` is not what it was when the plan was compiled", path);
    if (is_read_only_throughout(file, type, flags) || tree_is_root(path)) {
        close_later(file);
        if (!tree_is_root(path)) /* a link in it may lead to what can be written */
            protect_links(run, type, path, lines, flags);
        return;
    }
    if (unseen && is_behind_links(run, type, path)) {
        protect_behind_links(run, file, type, path, flags);
    } else {
        protect(run, file, type, path, lines, flags);
        protect_links(run, type, path, lines, flags);
    }
    tree_forget();
}

/* What is there now may be of another kind. */
void guard_protect_again(struct run *run, const char *path, const char *lines, uint64_t flags)
{
    mode_t type = 0;
    int file = guard_open(run, path, path, flags | GUARD_USUAL, &type);
    bool link = file >= 0 && type == S_IFLNK;
    if (file >= 0)
        protect_opened(run, file, type, path, lines, (link ? GUARD_UNSEEN : flags & ~(uint64_t)GUARD_LINK) | GUARD_USUAL);
    absent_forget(NULL);
}

static void protect_line(struct run *run, const struct operand *line, const char *lines, uint64_t flags)
{
    covers_guard(run, line, (flags & GUARD_ALONE) != 0);
    if ((flags & (GUARD_UNSEEN | GUARD_ALONE)) == GUARD_UNSEEN)
        covers_guard_here(run, line, false);
    enum watch_answer answer = watch_find(run, line->data);
    if (answer == WATCH_MISSING || guard_has_no_place(run, line))
        return;
    const char *path = run_path(run, line);
    if ((flags & GUARD_UNSEEN) != 0) /* of the others the compiler knows all names */
        covers_other_names(run, path, COVERS_READ_ONLY, protect_target);
    if (answer == WATCH_UNKNOWN && absent_is(run, path, flags))
        return;
    mode_t type = 0;
    int file = guard_open(run, path, line->data, flags, &type);
    if (file >= 0)
        protect_opened(run, file, type, path, lines, flags);
}

void guard_check_lines(const struct operand *operands)
{
    if (operands[1].data[0] != '\0' && paths_are_several(&operands[0]))
        refuse("only a guard of one path can keep something");
}

void do_protect(struct run *run, const struct operand *operands)
{
    struct operand line;
    guard_check_lines(operands);
    for (struct guarded_lines lines = {.list = &operands[0]}; guarded_next(run, &lines, &line);)
        protect_line(run, &line, operands[1].data, operands[2].number);
    absent_end(run);
}
