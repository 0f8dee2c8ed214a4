#include "tree_copy.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <string.h>

#include "contents.h"
#include "kernel.h"

enum { DIRECTORY_FLAGS = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, WITHOUT_SETUID = 01777 };

static void copy_entry(int from, int to, const char *name, dev_t device, struct copied *copied);

/* The owner as far as this user may give files away; then the mode, which a change of the owner would reduce. */
static bool finish(int file, const struct stat *status)
{
    struct timespec times[2] = {status->st_atim, status->st_mtim};
    if ((status->st_uid != geteuid() || status->st_gid != getegid()) && fchown(file, status->st_uid, status->st_gid) < 0 &&
        errno != EPERM && errno != EINVAL)
        return false;
    return fchmod(file, status->st_mode & WITHOUT_SETUID) == 0 && futimens(file, times) == 0;
}

static bool copy_file(int from, int to, const char *name, const struct stat *status, struct copied *copied)
{
    bool shared = false;
    int source = openat(from, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (source < 0)
        return errno == EACCES; /* nor could the command read it */
    int file = openat(to, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    bool done = file >= 0 && contents_copy(source, file, &shared);
    if (done) {
        contents_copy_attributes(source, file);
        done = finish(file, status);
    }
    int error = errno;
    if (file >= 0)
        close(file);
    close(source);
    copied->files++;
    copied->shared += shared ? 1 : 0;
    errno = error;
    return done;
}

static bool copy_link(int from, int to, const char *name, const struct stat *status)
{
    char target[PATH_MAX];
    struct timespec times[2] = {status->st_atim, status->st_mtim};
    ssize_t length = readlinkat(from, name, target, sizeof target - 1);
    if (length < 0)
        return false;
    target[length] = '\0';
    return symlinkat(target, to, name) == 0 && utimensat(to, name, times, AT_SYMLINK_NOFOLLOW) == 0;
}

static void copy_all(int from, int to, dev_t device, struct copied *copied)
{
    int copy = openat(from, ".", DIRECTORY_FLAGS);
    DIR *listing = copy < 0 ? NULL : fdopendir(copy);
    struct dirent *entry;
    if (listing == NULL)
        copied->failed = true;
    while (listing != NULL && !copied->failed && (entry = readdir(listing)) != NULL) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            copy_entry(from, to, entry->d_name, device, copied);
    }
    int error = errno;
    if (listing != NULL)
        closedir(listing);
    errno = error;
}

static bool copy_directory(int from, int to, const char *name, const struct stat *status, dev_t device, struct copied *copied)
{
    if (mkdirat(to, name, 0700) < 0)
        return false;
    int source = openat(from, name, DIRECTORY_FLAGS), target = openat(to, name, DIRECTORY_FLAGS);
    bool readable = source >= 0 || errno != EACCES;
    if (source >= 0 && target >= 0 && status->st_dev == device)
        copy_all(source, target, device, copied);
    bool done = target >= 0 && (source >= 0 || !readable) && !copied->failed && finish(target, status);
    int error = errno;
    if (source >= 0)
        close(source);
    if (target >= 0)
        close(target);
    errno = error;
    return done;
}

static void copy_entry(int from, int to, const char *name, dev_t device, struct copied *copied)
{
    struct stat status;
    bool done = true;
    if (fstatat(from, name, &status, AT_SYMLINK_NOFOLLOW) < 0)
        done = errno == ENOENT;
    else if (S_ISDIR(status.st_mode))
        done = copy_directory(from, to, name, &status, device, copied);
    else if (S_ISREG(status.st_mode))
        done = copy_file(from, to, name, &status, copied);
    else if (S_ISLNK(status.st_mode))
        done = copy_link(from, to, name, &status);
    copied->failed |= !done;
}

void tree_copy(int from, int to, const char *only, struct copied *copied)
{
    struct stat status;
    if (fstat(from, &status) < 0) {
        copied->failed = true;
        return;
    }
    if (only != NULL)
        copy_entry(from, to, only, status.st_dev, copied);
    else
        copy_all(from, to, status.st_dev, copied);
}
