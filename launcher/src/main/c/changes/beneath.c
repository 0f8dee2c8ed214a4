#include "beneath.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "kernel.h"
#include "text.h"

static bool is_name(const char *name, size_t length)
{
    return length > 0 && !(length == 1 && name[0] == '.') && !(length == 2 && name[0] == '.' && name[1] == '.');
}

static bool same_device(int one, int other)
{
    struct stat first, second;
    return fstat(one, &first) == 0 && fstat(other, &second) == 0 && first.st_dev == second.st_dev;
}

/* A name at a time: for kernels before 5.6, for filters that deny openat2, and for paths that are too long for one call. */
static int walk(int root, const char *path, int flags)
{
    int directory = openat(root, ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
    while (directory >= 0) {
        size_t length = strcspn(path, "/");
        bool last = path[length] == '\0';
        char *name = text_of("%.*s", (int)length, path);
        int next = -1;
        errno = EINVAL;
        if (is_name(path, length))
            next = openat(directory, name, last ? flags : O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        int error = errno;
        if (next >= 0 && !same_device(root, next)) {
            close(next);
            next = -1;
            error = EXDEV;
        }
        close(directory);
        free(name);
        errno = error;
        if (last)
            return next;
        directory = next;
        path += length + 1;
    }
    return -1;
}

int beneath_open(int root, const char *path, int flags)
{
    struct open_how how = {
        .flags = (unsigned)(flags | O_NOFOLLOW | O_CLOEXEC),
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV,
    };
    if (path[0] == '\0')
        return openat(root, ".", flags | O_NOFOLLOW | O_CLOEXEC);
    int file = sys_openat2(root, path, &how);
    if (file < 0 && (errno == ENOSYS || errno == EPERM || errno == ENAMETOOLONG))
        return walk(root, path, flags | O_NOFOLLOW | O_CLOEXEC);
    return file;
}

int beneath_parent(int root, const char *path, const char **name)
{
    const char *slash = strrchr(path, '/');
    *name = slash == NULL ? path : slash + 1;
    if (!is_name(*name, strlen(*name))) {
        errno = EINVAL;
        return -1;
    }
    char *above = text_of("%.*s", slash == NULL ? 0 : (int)(slash - path), path);
    int parent = beneath_open(root, above, O_PATH | O_DIRECTORY);
    int error = errno;
    free(above);
    errno = error;
    return parent;
}

bool beneath_stat(int root, const char *path, struct stat *status)
{
    const char *name;
    int parent = beneath_parent(root, path, &name);
    if (parent < 0)
        return false;
    bool there = fstatat(parent, name, status, AT_SYMLINK_NOFOLLOW) == 0;
    int error = errno;
    close(parent);
    errno = error;
    return there;
}

char *beneath_link(int root, const char *path)
{
    char target[PATH_MAX];
    const char *name;
    int parent = beneath_parent(root, path, &name);
    if (parent < 0)
        return NULL;
    ssize_t length = readlinkat(parent, name, target, sizeof target - 1);
    int error = errno;
    close(parent);
    errno = error;
    return length < 0 ? NULL : text_of("%.*s", (int)length, target);
}
