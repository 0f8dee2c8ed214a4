/* A child of the supervisor's, which enters the sandbox's namespaces to mount again what the host has replaced. */
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>

#include "guard.h"
#include "kernel.h"
#include "messages.h"
#include "remount.h"
#include "run.h"
#include "tree.h"

enum {
    PATIENCE = 10, /* seconds; for a file system that does not answer */
    CHANGES = IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CLOSE_WRITE | IN_ONLYDIR,
};

/* Nobody in the sandbox may look into this process, which holds all capabilities over it. */
static void enter(const struct run *run, const struct remounts *remounts)
{
    if (sys_prctl(PR_SET_DUMPABLE, 0, 0) < 0)
        die("cannot keep others from this process");
    if ((run->namespaces & CLONE_NEWUSER) != 0 && syscall(SYS_setns, remounts->user, CLONE_NEWUSER) < 0)
        die("cannot enter the user namespace");
    if (syscall(SYS_setns, remounts->mount, CLONE_NEWNS) < 0)
        die("cannot enter the mount namespace");
}

static void begin(struct run *run, const struct remounts *remounts)
{
    sigset_t alarm_alone;
    sigemptyset(&alarm_alone);
    sigaddset(&alarm_alone, SIGALRM);
    if (signal(SIGALRM, SIG_DFL) == SIG_ERR || sigprocmask(SIG_UNBLOCK, &alarm_alone, NULL) < 0)
        die("cannot set a time limit");
    alarm(PATIENCE);
    enter(run, remounts);
    run->root.at = openat(AT_FDCWD, "/", O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (run->root.at < 0)
        die("cannot open the sandbox's root");
    tree_begin(false);
    absent_forget(NULL);
}

static void report(enum remount_report kind, unsigned item, uint64_t value)
{
    messages_set_action(NULL, item);
    messages_report((enum report_kind)kind, (int64_t)value);
}

/* Directories that were watched, or are not there, as texts: most items share those above them. */
enum { MOST_LOOKED_FOR = 256 };
static struct looked_for {
    const char *path; /* not ended by a NUL */
    size_t length;
    bool absent;
} looked_for[MOST_LOOKED_FOR];
static unsigned looked_for_count;

static const struct looked_for *find(const char *path, size_t length)
{
    for (unsigned i = 0; i < looked_for_count; i++) {
        if (looked_for[i].length == length && memcmp(looked_for[i].path, path, length) == 0)
            return &looked_for[i];
    }
    return NULL;
}

static bool watch_directory(int events, unsigned item, const char *path, size_t length)
{
    char directory[PATH_MAX];
    memcpy(directory, path, length);
    directory[length] = '\0';
    int number = inotify_add_watch(events, directory, CHANGES);
    bool absent = number < 0 && (errno == ENOENT || errno == ENOTDIR);
    if (number >= 0)
        report(REMOUNT_WATCHED, item, (uint64_t)number << 16 | length);
    else if (errno == ENOSPC || errno == ENOMEM)
        report(REMOUNT_UNWATCHED, item, 0);
    if (looked_for_count < MOST_LOOKED_FOR)
        looked_for[looked_for_count++] = (struct looked_for){path, length, absent};
    return !absent;
}

/* The directories above, from the uppermost on: what is renamed may be one of them. */
static void watch_above_path(int events, unsigned item, const char *path)
{
    bool there = true;
    for (const char *slash = strchr(path + 1, '/'); slash != NULL && there; slash = strchr(slash + 1, '/')) {
        size_t length = (size_t)(slash - path);
        if (length >= PATH_MAX)
            return;
        const struct looked_for *known = find(path, length);
        there = known == NULL ? watch_directory(events, item, path, length) : !known->absent;
    }
}

static bool is_empty(int file)
{
    struct stat status;
    struct statfs system;
    if (fstat(file, &status) < 0 || fstatfs(file, &system) < 0)
        die("cannot examine what is mounted");
    return S_ISDIR(status.st_mode) ? (uint64_t)system.f_type == TMPFS_MAGIC
                                   : S_ISCHR(status.st_mode) && status.st_rdev == makedev(1, 3);
}

static bool is_mounted(const struct remount *remount, int file)
{
    bool link = guard_type_of(file, remount->path) == S_IFLNK;
    bool own = remount->kind == REMOUNT_HIDE && (remount->flags & GUARD_OWN) != 0 && is_empty(file);
    if (!guard_is_mount_root(file) || (!link && !own && !guard_is_read_only(file)))
        return false;
    return remount->kind == REMOUNT_PROTECT || is_empty(file);
}

/* Since the last change of the file, a rename among them. */
static uint64_t age(int file)
{
    struct stat status;
    struct timespec now;
    if (fstat(file, &status) < 0 || sys_clock_gettime(CLOCK_REALTIME, &now) < 0)
        die("cannot examine what was replaced");
    int64_t milliseconds = (int64_t)(now.tv_sec - status.st_ctim.tv_sec) * 1000 +
                           (now.tv_nsec - status.st_ctim.tv_nsec) / 1000000;
    return milliseconds < 0 ? 0 : (uint64_t)milliseconds;
}

/* The kernel gives a lease to read only while nobody has the file open for writing, or mapped. */
static bool is_open_for_writing(const struct run *run, const char *path)
{
    struct open_how how = {
        .flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC,
        .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_SYMLINKS,
    };
    struct stat status;
    int file = sys_openat2(run->root.at, path, &how);
    if (file < 0 || fstat(file, &status) < 0 || !S_ISREG(status.st_mode) || fcntl(file, F_SETSIG, SIGURG) < 0) {
        if (file >= 0)
            close(file);
        return true; /* nobody can tell */
    }
    bool open = fcntl(file, F_SETLEASE, F_RDLCK) < 0;
    close(file);
    return open;
}

/* What is hidden is what a symlink leads to; -1: nothing is there. */
static int open_item(const struct run *run, const struct remount *remount)
{
    uint64_t unseen = (remount->flags & REMOUNT_ABSENT) != 0 ? GUARD_UNSEEN : 0;
    mode_t type = 0;
    int file = guard_open(run, remount->path, remount->path, remount->flags | GUARD_USUAL | unseen, &type);
    bool follow = remount->kind == REMOUNT_HIDE || (remount->flags & GUARD_UNSEEN) != 0;
    if (file < 0 || !follow || type != S_IFLNK)
        return file;
    close(file);
    return tree_resolve(run, remount->path, 0);
}

/*
 * What nobody listed, and was not there, may be the command's own, which it uses, unless it cannot write there. What lies
 * in memory is the sandbox's.
 */
static bool is_left(const struct remount *remount, int file)
{
    return (remount->flags & REMOUNT_ABSENT) != 0 && (remount->flags & GUARD_USUAL) != 0 && !guard_is_read_only(file);
}

static bool is_in_memory(int file)
{
    struct statfs system;
    if (fstatfs(file, &system) < 0)
        die("cannot examine a file system");
    return (uint64_t)system.f_type == TMPFS_MAGIC;
}

/* The watches are there: what is made behind a look is seen by them. */
static void mount_again(struct run *run, const struct remount *remount, unsigned item)
{
    if (absent_is(run, remount->path, remount->flags | GUARD_USUAL))
        return;
    int file = open_item(run, remount);
    if (file < 0)
        return;
    bool left = is_left(remount, file);
    bool mounted = !left && is_mounted(remount, file);
    uint64_t gap = mounted ? 0 : age(file);
    if (left && !is_in_memory(file))
        report(REMOUNT_LEFT, item, 0);
    close(file);
    if (mounted || left)
        return;
    if (remount->kind == REMOUNT_PROTECT)
        guard_protect_again(run, remount->path, remount->lines, remount->flags);
    else
        guard_hide_again(run, remount->path, remount->lines, remount->flags);
    absent_forget(NULL);
    report(REMOUNT_AGAIN, item, gap);
    if (remount->kind == REMOUNT_PROTECT && is_open_for_writing(run, remount->path))
        report(REMOUNT_OPEN, item, 0);
}

/* Failures are reported like all else. The watches come first: what happens behind a look is seen by them. */
static _Noreturn void mount_all_again(struct run *run, const struct remounts *remounts, int events, int reports)
{
    messages_before_end(NULL);
    messages_on_failure(NULL);
    messages_report_to(reports);
    begin(run, remounts);
    for (unsigned i = 0; events >= 0 && i < remounts->count; i++) {
        if (remounts->items[i].due)
            watch_above_path(events, i, remounts->items[i].path);
    }
    for (unsigned i = 0; i < remounts->count; i++) {
        messages_set_action(NULL, i); /* of which a failure is */
        if (remounts->items[i].due)
            mount_again(run, &remounts->items[i], i);
    }
    _exit(0);
}

int remount_run(struct run *run, const struct remounts *remounts, int events, pid_t *child)
{
    int reports[2];
    if (pipe2(reports, O_CLOEXEC) < 0)
        return -1;
    *child = sys_clone(SIGCHLD);
    if (*child == 0)
        mount_all_again(run, remounts, events, reports[1]);
    close(reports[1]);
    if (*child < 0) {
        close(reports[0]);
        return -1;
    }
    return reports[0];
}
