#include <errno.h>
#include <string.h>

#include "cgroup.h"
#include "kernel.h"

int cgroup_open(int parent, const char *path, int flags)
{
    return openat(parent, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | flags);
}

int cgroup_write(int directory, const char *file, const char *value)
{
    int descriptor = openat(directory, file, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0)
        return -1;
    ssize_t written = write(descriptor, value, strlen(value));
    int error = errno;
    close(descriptor);
    errno = error;
    return written < 0 ? -1 : 0;
}

bool cgroup_read(int directory, const char *file, char *text, size_t size)
{
    int descriptor = directory < 0 ? -1 : openat(directory, file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    ssize_t length = descriptor < 0 ? -1 : read(descriptor, text, size - 1);
    if (descriptor >= 0)
        close(descriptor);
    text[length > 0 ? length : 0] = '\0';
    return length >= 0;
}
