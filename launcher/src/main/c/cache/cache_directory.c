#include "cache_directory.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernel.h"
#include "process.h"

static const char *directory_path(void)
{
    static char path[4096];
    const char *runtime = getenv("XDG_RUNTIME_DIR");
    bool set = runtime != NULL && runtime[0] == '/';
    if (!set && process_caller_ids()->effective_user != 0)
        return NULL;
    int length = snprintf(path, sizeof path, "%s/hexe-policy", set ? runtime : "/run");
    return length < (int)sizeof path ? path : NULL;
}

/* The caller's mask may take rights from its owner, too: then nobody could ever use it. */
static void make_directory(const char *path)
{
    mode_t mask = umask(0);
    mkdir(path, 0700); /* whatever is there is examined below */
    umask(mask);
}

int cache_directory_open(bool make, const char **problem)
{
    struct stat status;
    const char *path = directory_path();
    if (path == NULL)
        return *problem = "XDG_RUNTIME_DIR is not set to an absolute path", -1;
    if (make)
        make_directory(path);
    int directory = openat(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (directory < 0)
        return *problem = errno == ENOENT ? "nothing has been kept yet" : strerror(errno), -1;
    if (fstat(directory, &status) < 0 || status.st_uid != process_caller_ids()->effective_user)
        *problem = "the directory belongs to another user";
    else if ((status.st_mode & 0777) != 0700)
        *problem = "the mode of the directory is not 0700";
    else
        return directory;
    close(directory);
    return -1;
}

const char *cache_directory(bool make, const char **problem)
{
    int directory = cache_directory_open(make, problem);
    if (directory < 0)
        return NULL;
    close(directory);
    return directory_path();
}
