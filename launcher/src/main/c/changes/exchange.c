#include "exchange.h"

#include <errno.h>
#include <stdio.h>
#include <sys/xattr.h>

#include "beneath.h"
#include "compare.h"
#include "contents.h"
#include "kernel.h"
#include "messages.h"

enum { NO_REPLACE = 1, SWAP = 2, READ_FLAGS = O_RDONLY | O_NONBLOCK | O_NOCTTY };

/* Where flags are not known (NFS, kernels before 3.15), a link keeps what is there as well. */
static bool place_new(int parent, const char *temporary, const char *name)
{
    if (syscall(SYS_renameat2, parent, temporary, parent, name, NO_REPLACE) == 0)
        return true;
    if (errno != EINVAL && errno != ENOSYS)
        return false;
    return linkat(parent, temporary, parent, name, 0) == 0 && unlinkat(parent, temporary, 0) == 0;
}

static bool swap(int parent, const char *one, const char *other)
{
    return syscall(SYS_renameat2, parent, one, parent, other, SWAP) == 0;
}

/* A rename changes the time of change, so that alone does not count here. */
static bool is_old(int parent, const char *name, const struct entry *before)
{
    struct stat status;
    if (fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) < 0)
        return false;
    struct state now = state_of(&status);
    now.changed = before->state.changed;
    now.changed_part = before->state.changed_part;
    struct state old = before->state;
    return now.inode == old.inode && now.mode == old.mode && now.size == old.size && now.modified == old.modified &&
           now.modified_part == old.modified_part;
}

static bool is_before(const struct change *change, int parent, const char *name)
{
    struct stat now = {.st_mode = 0};
    bool there = fstatat(parent, name, &now, AT_SYMLINK_NOFOLLOW) == 0;
    return (there || errno == ENOENT) && compare_is_before(change, there, &now);
}

static bool is_shown(int file, const struct stat *shown)
{
    struct stat now;
    return fstat(file, &now) == 0 && now.st_ino == shown->st_ino && now.st_size == shown->st_size &&
           now.st_ctim.tv_sec == shown->st_ctim.tv_sec && now.st_ctim.tv_nsec == shown->st_ctim.tv_nsec;
}

/* Of a copy, and of what the user has overwritten, the owner stays; else it is the one that the command has given. */
static bool set_owner(int file, const struct change *change)
{
    struct stat now;
    bool keep = change->before != NULL && (change->tree->copied || geteuid() != 0);
    uid_t uid = keep ? change->before->state.uid : change->after.st_uid;
    gid_t gid = keep ? change->before->state.gid : change->after.st_gid;
    if (fstat(file, &now) < 0)
        return false;
    if (now.st_uid == uid && (now.st_gid == gid || !keep))
        return true;
    return fchown(file, uid, gid) == 0 || (geteuid() != 0 && errno == EPERM);
}

static enum verdict fill(int from, int to, const struct change *change)
{
    struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, change->after.st_mtim};
    if (fgetxattr(from, "user.overlay.metacopy", NULL, 0) >= 0)
        return VERDICT_ALTERED; /* what it holds is somewhere else */
    if (!contents_copy(from, to, NULL))
        return VERDICT_FAILED;
    contents_copy_attributes(from, to);
    if (!set_owner(to, change) || fchmod(to, change->after.st_mode & 0777) < 0 || futimens(to, times) < 0)
        return VERDICT_FAILED;
    return is_shown(from, &change->after) ? VERDICT_DONE : VERDICT_ALTERED;
}

static enum verdict make_file(const struct change *change, int parent, const char *temporary)
{
    int from = beneath_open(change->tree->after, change->path, READ_FLAGS);
    if (from < 0)
        return VERDICT_FAILED;
    enum verdict verdict = VERDICT_ALTERED;
    int to = -1;
    if (is_shown(from, &change->after)) {
        to = openat(parent, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        verdict = to < 0 ? VERDICT_FAILED : fill(from, to, change);
    }
    int error = errno;
    if (to >= 0)
        close(to);
    close(from);
    if (verdict != VERDICT_DONE && to >= 0)
        unlinkat(parent, temporary, 0);
    errno = error;
    return verdict;
}

static enum verdict make_temporary(const struct change *change, int parent, const char *temporary)
{
    if (S_ISLNK(change->after.st_mode))
        return change->link != NULL && symlinkat(change->link, parent, temporary) == 0 ? VERDICT_DONE : VERDICT_FAILED;
    return make_file(change, parent, temporary);
}

static enum verdict add_new(const struct change *change, int parent, const char *name, const char *temporary)
{
    if (S_ISDIR(change->after.st_mode)) {
        if (mkdirat(parent, name, (change->after.st_mode & 01777) | 0700) == 0)
            return VERDICT_DONE;
        return errno == EEXIST ? VERDICT_CONFLICT : VERDICT_FAILED;
    }
    enum verdict verdict = make_temporary(change, parent, temporary);
    if (verdict != VERDICT_DONE || place_new(parent, temporary, name))
        return verdict;
    int error = errno;
    unlinkat(parent, temporary, 0);
    errno = error;
    return error == EEXIST ? VERDICT_CONFLICT : VERDICT_FAILED;
}

/* Somebody was there between two steps: nothing is lost, and it is told where it is. */
static enum verdict left_beside(const char *name, const char *temporary)
{
    int error = errno;
    say("what was at `%s` meanwhile is beside it, as `%s`", name, temporary);
    errno = error;
    return VERDICT_FAILED;
}

/* The two change places, and only then it is looked at what comes out: nobody can put something there in between. */
static enum verdict replace(const struct change *change, int parent, const char *name, const char *temporary)
{
    enum verdict verdict = make_temporary(change, parent, temporary);
    if (verdict != VERDICT_DONE)
        return verdict;
    if (swap(parent, temporary, name)) {
        verdict = is_old(parent, temporary, change->before) ? VERDICT_DONE : VERDICT_CONFLICT;
        if (verdict == VERDICT_CONFLICT && !swap(parent, temporary, name))
            return left_beside(name, temporary);
    } else if ((errno == EINVAL || errno == ENOSYS) && is_before(change, parent, name)) {
        return renameat(parent, temporary, parent, name) == 0 ? VERDICT_DONE : VERDICT_FAILED;
    } else {
        verdict = errno == ENOENT ? VERDICT_CONFLICT : VERDICT_FAILED;
    }
    int error = errno;
    unlinkat(parent, temporary, 0);
    errno = error;
    return verdict;
}

static enum verdict take_away(const struct change *change, int parent, const char *name, const char *temporary)
{
    if (S_ISDIR(change->before->state.mode)) {
        if (unlinkat(parent, name, AT_REMOVEDIR) == 0)
            return VERDICT_DONE;
        return errno == ENOTEMPTY || errno == ENOTDIR ? VERDICT_CONFLICT : VERDICT_FAILED;
    }
    if (renameat(parent, name, parent, temporary) < 0)
        return VERDICT_FAILED;
    if (is_old(parent, temporary, change->before))
        return unlinkat(parent, temporary, 0) == 0 ? VERDICT_DONE : VERDICT_FAILED;
    return place_new(parent, temporary, name) ? VERDICT_CONFLICT : left_beside(name, temporary);
}

/* Through /proc, for a file need not be readable to have its mode changed, and a symlink is none of ours. */
static enum verdict set_mode_or_time(const struct change *change, bool time)
{
    char link[40];
    struct stat now;
    struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, change->after.st_mtim};
    int file = beneath_open(change->tree->host, change->path, O_PATH);
    if (file < 0)
        return errno == ENOENT ? VERDICT_CONFLICT : VERDICT_FAILED;
    bool same = fstat(file, &now) == 0 && (now.st_mode & S_IFMT) == (change->after.st_mode & S_IFMT) &&
                (change->before == NULL || now.st_ino == change->before->state.inode);
    mode_t mask = S_ISDIR(now.st_mode) ? 01777 : 0777;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    int result = !same ? 0
                 : time ? utimensat(AT_FDCWD, link, times, 0)
                        : chmod(link, (now.st_mode & ~mask & 07777) | (change->after.st_mode & mask));
    int error = errno;
    close(file);
    errno = error;
    return !same ? VERDICT_CONFLICT : result == 0 ? VERDICT_DONE : VERDICT_FAILED;
}

enum verdict exchange_set_mode(const struct change *change)
{
    return set_mode_or_time(change, false);
}

static enum verdict carry_out_in(const struct change *change, int parent, const char *name, const char *temporary)
{
    if (!is_before(change, parent, name))
        return VERDICT_CONFLICT;
    switch (change->kind) {
    case CHANGE_ADD:
        return add_new(change, parent, name, temporary);
    case CHANGE_EDIT:
        return replace(change, parent, name, temporary);
    case CHANGE_REMOVE:
        return take_away(change, parent, name, temporary);
    case CHANGE_MODE:
    case CHANGE_TIME:
        return set_mode_or_time(change, change->kind == CHANGE_TIME);
    }
    return VERDICT_FAILED;
}

enum verdict exchange_carry_out(const struct change *change, const char *temporary)
{
    const char *name;
    if (change->path[0] == '\0')
        return exchange_set_mode(change); /* the tree itself */
    int parent = beneath_parent(change->tree->host, change->path, &name);
    if (parent < 0)
        return errno == ENOENT || errno == ENOTDIR || errno == ELOOP || errno == EXDEV ? VERDICT_CONFLICT : VERDICT_FAILED;
    enum verdict verdict = carry_out_in(change, parent, name, temporary);
    int error = errno;
    close(parent);
    errno = error;
    return verdict;
}

static bool is_ours(const struct tree *tree, const char *path, int parent, const char *name)
{
    int ours = beneath_open(tree->after, path, READ_FLAGS);
    int found = openat(parent, name, READ_FLAGS | O_NOFOLLOW | O_CLOEXEC);
    bool same = ours >= 0 && found >= 0 && contents_equal(ours, found);
    if (ours >= 0)
        close(ours);
    if (found >= 0)
        close(found);
    return same;
}

void exchange_settle(const struct tree *tree, const char *path, const char *temporary)
{
    struct stat found, placed;
    const char *name;
    int parent = path[0] == '\0' || tree->host < 0 ? -1 : beneath_parent(tree->host, path, &name);
    if (parent < 0)
        return;
    if (fstatat(parent, temporary, &found, AT_SYMLINK_NOFOLLOW) == 0) {
        const struct entry *before = snapshot_find(&tree->before, path);
        bool there = fstatat(parent, name, &placed, AT_SYMLINK_NOFOLLOW) == 0;
        bool replaced = before != NULL && found.st_ino == before->state.inode;
        bool never_placed = before != NULL ? there && placed.st_ino == before->state.inode : true;
        bool restored = false;
        if ((replaced && is_old(parent, temporary, before)) || (!replaced && never_placed) || is_ours(tree, path, parent, temporary))
            restored = unlinkat(parent, temporary, 0) == 0;
        else if (!there)
            restored = place_new(parent, temporary, name);
        else if (is_ours(tree, path, parent, name))
            restored = swap(parent, temporary, name) && unlinkat(parent, temporary, 0) == 0;
        if (!restored)
            say("`%s` is beside `%s`, and may be what was there before", temporary, path);
    }
    close(parent);
}
