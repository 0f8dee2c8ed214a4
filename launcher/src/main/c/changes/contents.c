#include "contents.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/xattr.h>

#include "kernel.h"

#define CLONE_FILE 0x40049409 /* FICLONE of <linux/fs.h>, which does not go together with <linux/mount.h> everywhere */

enum { PART = 1 << 17, MOST_ATTRIBUTES = 1 << 16 };

static char buffers[2][PART];

static bool write_all(int to, const char *bytes, size_t length, off_t at)
{
    while (length > 0) {
        ssize_t written = pwrite(to, bytes, length, at);
        if (written < 0 && errno != EINTR)
            return false;
        bytes += written > 0 ? written : 0;
        length -= written > 0 ? (size_t)written : 0;
        at += written > 0 ? written : 0;
    }
    return true;
}

static bool copy_part(int from, int to, off_t at, off_t end)
{
    while (at < end) {
        size_t wanted = end - at < PART ? (size_t)(end - at) : (size_t)PART;
        ssize_t got = pread(from, buffers[0], wanted, at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got == 0)
            errno = ESTALE; /* it has become shorter meanwhile */
        if (got <= 0 || !write_all(to, buffers[0], (size_t)got, at))
            return false;
        at += got;
    }
    return true;
}

bool contents_copy(int from, int to, bool *shared)
{
    struct stat status;
    off_t at = 0;
    if (shared != NULL)
        *shared = false;
    if (fstat(from, &status) < 0)
        return false;
    if (status.st_size > 0 && ioctl(to, CLONE_FILE, from) == 0) {
        if (shared != NULL)
            *shared = true;
        return true;
    }
    while (at < status.st_size) {
        off_t data = lseek(from, at, SEEK_DATA);
        if (data < 0 && errno == ENXIO)
            break; /* a hole up to the end */
        off_t end = data < 0 ? status.st_size : lseek(from, data, SEEK_HOLE);
        if (end < 0 || end > status.st_size)
            end = status.st_size;
        if (!copy_part(from, to, data < 0 ? at : data, end))
            return false;
        at = end;
    }
    return ftruncate(to, status.st_size) == 0;
}

/* Where the next data is at or behind a place; the end where there is none, the place where that cannot be told. */
static off_t next_data(int file, off_t at, off_t end)
{
    off_t data = lseek(file, at, SEEK_DATA);
    return data >= 0 ? data : errno == ENXIO ? end : at;
}

/* What is a hole in both is not read. */
bool contents_equal(int one, int other)
{
    struct stat first, second;
    if (fstat(one, &first) < 0 || fstat(other, &second) < 0 || first.st_size != second.st_size)
        return false;
    for (off_t at = 0, end = first.st_size; at < end;) {
        off_t mine = next_data(one, at, end), theirs = next_data(other, at, end);
        if (mine > at && theirs > at) {
            at = mine < theirs ? mine : theirs;
            continue;
        }
        ssize_t got = pread(one, buffers[0], PART, at);
        if (got <= 0 || pread(other, buffers[1], PART, at) != got || memcmp(buffers[0], buffers[1], (size_t)got) != 0)
            return false;
        at += got;
    }
    return true;
}

static bool goes_along(const char *name)
{
    return (strncmp(name, "user.", 5) == 0 && strncmp(name, "user.overlay.", 13) != 0) ||
           strcmp(name, "system.posix_acl_access") == 0;
}

void contents_copy_attributes(int from, int to)
{
    static char names[MOST_ATTRIBUTES], value[MOST_ATTRIBUTES];
    ssize_t length = flistxattr(from, names, sizeof names);
    for (ssize_t at = 0; at < length; at += (ssize_t)strlen(names + at) + 1) {
        ssize_t size = goes_along(names + at) ? fgetxattr(from, names + at, value, sizeof value) : -1;
        if (size >= 0)
            fsetxattr(to, names + at, value, (size_t)size, 0);
    }
}
