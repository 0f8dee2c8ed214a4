/*
 * openat2(RESOLVE_IN_ROOT) for kernels without it. Every component is opened from the one before it and never
 * followed; symlinks are read and their text walked in the same way, and `..` stops at the root.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "kernel.h"
#include "tree.h"

enum { MAXIMUM_DEPTH = 128, MAXIMUM_LINKS = 40 };

struct walk {
    int directories[MAXIMUM_DEPTH]; /* [0] is the root, which belongs to the caller */
    unsigned depth;
    unsigned links;
    bool plain; /* no symlink is followed */
    char rest[PATH_MAX]; /* what is still to be walked */
};

static int fail_with(int error)
{
    errno = error;
    return -1;
}

static void pop(struct walk *walk)
{
    if (walk->depth > 0)
        close(walk->directories[walk->depth--]);
}

static void unwind(struct walk *walk)
{
    int error = errno;
    while (walk->depth > 0)
        pop(walk);
    errno = error;
}

/* Puts a symlink's text before what is left to walk. */
static int follow(struct walk *walk, int link)
{
    char target[PATH_MAX];
    char joined[PATH_MAX];
    if (walk->plain || ++walk->links > MAXIMUM_LINKS)
        return fail_with(ELOOP);
    ssize_t length = readlinkat(link, "", target, sizeof target - 1);
    if (length < 0)
        return -1;
    target[length] = '\0';
    int size = snprintf(joined, sizeof joined, "%s/%s", target, walk->rest);
    if (size < 0 || (size_t)size >= sizeof joined)
        return fail_with(ENAMETOOLONG);
    memcpy(walk->rest, joined, (size_t)size + 1);
    if (target[0] == '/')
        unwind(walk);
    return 0;
}

static int push(struct walk *walk, const char *name)
{
    struct stat status;
    if (walk->depth + 1 == MAXIMUM_DEPTH)
        return fail_with(ENAMETOOLONG);
    int next = openat(walk->directories[walk->depth], name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    if (next < 0)
        return -1;
    if (fstat(next, &status) < 0 || (S_ISLNK(status.st_mode) && follow(walk, next) < 0)) {
        close(next);
        return -1;
    }
    if (S_ISLNK(status.st_mode))
        close(next);
    else
        walk->directories[++walk->depth] = next;
    return 0;
}

/* Takes the next component off what is left; false when nothing is left. */
static bool next_component(struct walk *walk, char name[PATH_MAX])
{
    char *start = walk->rest + strspn(walk->rest, "/");
    size_t length = strcspn(start, "/");
    memcpy(name, start, length);
    name[length] = '\0';
    memmove(walk->rest, start + length, strlen(start + length) + 1);
    return length > 0;
}

int in_root_resolve(int root, const char *path, int flags, bool plain)
{
    struct walk walk = {.directories = {root}, .plain = plain};
    char name[PATH_MAX];
    if (strlen(path) >= sizeof walk.rest)
        return fail_with(ENAMETOOLONG);
    memcpy(walk.rest, path, strlen(path) + 1);
    while (next_component(&walk, name)) {
        if (strcmp(name, ".") == 0)
            continue;
        if (strcmp(name, "..") == 0) {
            pop(&walk);
        } else if (push(&walk, name) < 0) {
            unwind(&walk);
            return -1;
        }
    }
    int found = openat(walk.directories[walk.depth], ".", O_PATH | O_CLOEXEC);
    if (found < 0 && errno == ENOTDIR && (flags & O_DIRECTORY) == 0)
        found = fcntl(walk.directories[walk.depth], F_DUPFD_CLOEXEC, 0);
    unwind(&walk);
    return found;
}

/* Opens each component from the one before it; `..` is none of ours to have. */
int in_root_open(int root, const char *path)
{
    char name[NAME_MAX + 1];
    struct stat status;
    int directory = fcntl(root, F_DUPFD_CLOEXEC, 0);
    for (path += strspn(path, "/"); directory >= 0 && *path != '\0'; path += strspn(path, "/")) {
        size_t length = strcspn(path, "/");
        bool bad = length >= sizeof name || fstat(directory, &status) < 0;
        int error = length >= sizeof name ? ENAMETOOLONG : S_ISLNK(status.st_mode) ? ELOOP : 0;
        snprintf(name, sizeof name, "%.*s", (int)length, path);
        int next = bad || error != 0 || strcmp(name, "..") == 0 ? -1 : openat(directory, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
        error = error != 0 ? error : errno;
        close(directory);
        errno = error;
        directory = next;
        path += length;
    }
    return directory;
}
