#include "own_directories.h"

#include <errno.h>
#include <string.h>

#include "closing.h"
#include "kernel.h"
#include "messages.h"
#include "tree.h"

void tree_add_own(struct run *run, int descriptor)
{
    struct stat status;
    if (fstat(descriptor, &status) < 0)
        die("cannot examine a new tmpfs");
    if (run->root.own_count == RUN_OWN_DEVICES)
        refuse("the plan mounts more than %d tmpfs", RUN_OWN_DEVICES);
    run->root.own_devices[run->root.own_count++] = status.st_dev;
}

bool own_is(const struct run *run, int descriptor)
{
    struct stat status;
    if (fstat(descriptor, &status) < 0)
        die("cannot examine a directory of the new root");
    for (unsigned i = 0; i < run->root.own_count; i++) {
        if (run->root.own_devices[i] == status.st_dev)
            return true;
    }
    return false;
}

/*
 * The directories in which something was made last, and the root, once they are known to be ours: what is made next is
 * mostly made in one of them, and needs neither to be resolved nor to be examined again.
 */
enum { MOST_KNOWN = 6 };
static struct known {
    int directory;
    const char *path;
    size_t length;
} known[MOST_KNOWN];
static unsigned known_count, known_next;
static bool root_is_own;

static bool own_is_known(const struct run *run, int directory)
{
    for (unsigned i = 0; i < known_count; i++) {
        if (known[i].directory == directory)
            return true;
    }
    return directory == run->root.at && root_is_own;
}

void tree_forget(void)
{
    for (unsigned i = 0; i < known_count; i++)
        close_later(known[i].directory);
    known_count = known_next = 0;
}

void tree_begin(bool own)
{
    tree_forget();
    root_is_own = own;
}

int own_known(const struct run *run, const char *path, size_t length)
{
    if (length == 0)
        return root_is_own ? run->root.at : -1;
    for (unsigned i = 0; i < known_count; i++) {
        if (known[i].length == length && memcmp(known[i].path, path, length) == 0)
            return known[i].directory;
    }
    return -1;
}

/* The one that was known for the longest time has to go. */
void own_add(int directory, const char *path, size_t length)
{
    if (known_count == MOST_KNOWN)
        close_later(known[known_next].directory);
    else
        known_next = known_count++;
    known[known_next] = (struct known){directory, path, length};
    known_next = (known_next + 1) % MOST_KNOWN;
}

void own_remember(const struct run *run, int directory, const char *path)
{
    if (own_is_known(run, directory))
        return;
    if (path[0] == '\0') {
        root_is_own = true;
        close_later(directory);
        return;
    }
    own_add(directory, path, strlen(path));
}

void tree_know(const struct run *run, int mount, const char *path)
{
    if (own_known(run, path, strlen(path)) >= 0)
        close_later(mount);
    else
        own_add(mount, path, strlen(path));
}

void own_release(const struct run *run, int directory)
{
    if (!own_is_known(run, directory))
        close_later(directory);
}

void own_require(const struct run *run, int directory, const char *path)
{
    if (!own_is_known(run, directory) && !own_is(run, directory))
        refuse_with_help("it would have to be made on the host; list a path that exists, or one in a tmpfs",
                         "`%s` does not exist", path);
}

void own_take_owner(int directory, const struct stat *status)
{
    if ((status->st_uid != geteuid() || status->st_gid != getegid()) &&
        fchown(directory, status->st_uid, status->st_gid) < 0 && errno != EPERM && errno != EINVAL)
        die("cannot set the owner of a directory of ours");
}
