#include "store.h"

#include <errno.h>
#include <string.h>

#include "kernel.h"
#include "text.h"

enum { OWN_MODE = 0700, DIRECTORY_FLAGS = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC };

int store_open_in(int parent, const char *name)
{
    struct stat status;
    int directory = openat(parent, name, DIRECTORY_FLAGS);
    if (directory >= 0 && (fstat(directory, &status) < 0 || status.st_uid != geteuid() || (status.st_mode & 022) != 0)) {
        close(directory);
        errno = EPERM;
        return -1;
    }
    return directory;
}

/*
 * The directories above are made as well: they may be the first thing that is kept there. Right in the root nothing is:
 * where a home is missing, as the /nonexistent of the system's own users, root would make it for all of them.
 */
static int make(const char *path)
{
    char *partial = text_of("%s", path), *first = strchr(partial + 1, '/');
    for (char *slash = first == NULL ? NULL : strchr(first + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(partial, OWN_MODE) < 0 && errno != EEXIST && errno != EROFS && errno != EACCES)
            return -1;
        *slash = '/';
    }
    return mkdir(path, OWN_MODE) < 0 && errno != EEXIST ? -1 : 0;
}

/* Without the newer call, links above it are followed; who owns what they lead to is looked at all the same. */
static int open_place(const char *path)
{
    struct open_how how = {.flags = DIRECTORY_FLAGS, .resolve = RESOLVE_NO_SYMLINKS};
    int place = sys_openat2(AT_FDCWD, path, &how);
    if (place < 0 && (errno == ENOSYS || errno == EPERM))
        place = openat(AT_FDCWD, path, DIRECTORY_FLAGS);
    return place;
}

int store_open(const char *path)
{
    int place = open_place(path);
    if (place < 0 && errno == ENOENT && make(path) == 0)
        place = open_place(path);
    int store = place < 0 ? -1 : store_open_in(place, ".");
    if (place >= 0)
        close(place);
    return store;
}
