#include "detached_mount.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "closing.h"
#include "kernel.h"
#include "messages.h"
#include "source.h"

static struct mount_attr change_of(uint64_t attributes, uint64_t propagation)
{
    return (struct mount_attr){
        .attr_set = attributes,
        .attr_clr = (attributes & MOUNT_ATTR__ATIME) != 0 ? MOUNT_ATTR__ATIME : 0,
        .propagation = propagation,
    };
}

void clone_set_attributes(int mount, uint64_t attributes, uint64_t propagation, bool recursive, const char *path)
{
    struct mount_attr change = change_of(attributes, propagation);
    if (sys_mount_setattr(mount, recursive ? AT_RECURSIVE : 0, &change, sizeof change) < 0)
        die("cannot set the mount attributes %#llx of `%s`", (unsigned long long)attributes, path);
}

/* `name` in `directory` or, when it is empty, what is open there; in one call where the kernel has it. */
static int clone_at(int directory, const char *name, const char *path, uint64_t attributes, bool recursive)
{
    static bool missing;
    struct mount_attr change = change_of(attributes, MS_PRIVATE);
    unsigned flags = OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT |
                     (name[0] == '\0' ? AT_EMPTY_PATH : 0U) | (recursive ? AT_RECURSIVE : 0U);
    int tree = missing ? -1 : sys_open_tree_attr(directory, name, flags, &change);
    if (tree >= 0 || (!missing && errno != ENOSYS && errno != EPERM))
        return tree;
    missing = true;
    tree = sys_open_tree(directory, name, flags);
    if (tree >= 0)
        clone_set_attributes(tree, attributes, MS_PRIVATE, recursive, path);
    return tree;
}

int clone_opened(int file, const char *path, uint64_t attributes, bool recursive)
{
    return clone_at(file, "", path, attributes, recursive);
}

int clone_name(int directory, const char *name, const char *path, uint64_t attributes)
{
    return clone_at(directory, name, path, attributes, false);
}

static int clone_path(const char *path, uint64_t attributes, bool recursive)
{
    int source = source_open(path);
    if (source < 0)
        return -1;
    int tree = clone_at(source, "", path, attributes, recursive);
    int error = errno;
    close_later(source);
    errno = error;
    return tree;
}

/* Where several sources in a row are in one directory, it is opened once, and they by their names. */
static struct {
    int directory;
    const char *path; /* of the last source */
    size_t length;    /* of its directory's part */
} last = {.directory = -1};

static bool is_plain_name(const char *name)
{
    return name[0] != '\0' && strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

static int open_last_directory(void)
{
    char *path = last.length == 0 ? strdup("/") : strndup(last.path, last.length);
    if (path == NULL)
        die("cannot copy a path");
    int directory = source_open(path);
    free(path);
    return directory;
}

/* The source's name in the directory that is open, or NULL. A mount in the host's own tree could change what it means. */
static const char *name_in_last(const struct run *run, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!run->root.is_new || path[0] != '/' || !is_plain_name(slash + 1))
        return NULL;
    size_t length = (size_t)(slash - path);
    bool same = last.path != NULL && length == last.length && memcmp(path, last.path, length) == 0;
    if (!same && last.directory >= 0)
        close_later(last.directory);
    if (!same)
        last.directory = -1;
    last.path = path;
    last.length = length;
    if (same && last.directory < 0)
        last.directory = open_last_directory();
    return same && last.directory >= 0 ? slash + 1 : NULL;
}

static bool is_link(int tree)
{
    struct stat status;
    if (fstat(tree, &status) < 0)
        die("cannot examine a copy of a mount");
    return S_ISLNK(status.st_mode);
}

int clone_tree(const struct run *run, const char *path, uint64_t attributes, bool recursive)
{
    const char *name = name_in_last(run, path);
    if (name == NULL)
        return clone_path(path, attributes, recursive);
    int tree = clone_at(last.directory, name, path, attributes, recursive);
    if (tree < 0 || !is_link(tree))
        return tree;
    close_later(tree);
    errno = ELOOP;
    return -1;
}
