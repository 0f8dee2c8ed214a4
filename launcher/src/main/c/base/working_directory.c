#include "working_directory.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>

#include "kernel.h"
#include "messages.h"

static const char help_for_lost[] = "go to a directory that exists, as with `cd`";

/*
 * The raw call: the C library's turns a directory outside the root, whose path the kernel does not begin with a slash
 * (CVE-2024-21626), into an error and loses the difference.
 */
static bool ask(char *path, size_t size)
{
    long length = syscall(SYS_getcwd, path, size);
    if (length <= 0)
        path[0] = '\0';
    return path[0] == '/';
}

static int problem; /* an errno, or OUTSIDE */
enum { OUTSIDE = -1 };

static struct stat at_start; /* without an inode where it could not be looked at */
static bool closed;          /* because this user may not search it, or what is above */

const char *working_directory_path(void)
{
    static char path[4096];
    char inside[sizeof path + sizeof "/."];
    if (path[0] == '/')
        return path;
    if (ask(path, sizeof path)) {
        strcat(strcpy(inside, path), "/."); /* fails where it may not be searched, nor what is above it */
        if (stat(inside, &at_start) < 0) {
            closed = errno == EACCES;
            at_start.st_ino = 0;
        }
        return path;
    }
    problem = path[0] != '\0' ? OUTSIDE : errno;
    return NULL;
}

_Noreturn void working_directory_refuse(void)
{
    if (problem == ENOENT)
        refuse_with_help(help_for_lost, "the working directory was deleted");
    if (problem == OUTSIDE)
        refuse_with_help(help_for_lost, "the working directory is outside the root directory of this process");
    errno = problem;
    die_with_help(help_for_lost, "the working directory has no path");
}

void working_directory_require(void)
{
    if (working_directory_path() == NULL)
        working_directory_refuse();
}

bool working_directory_is_inside_root(void)
{
    char path[4096];
    return ask(path, sizeof path);
}

bool working_directory_is_another(const struct stat *now)
{
    return at_start.st_ino != 0 && (now->st_dev != at_start.st_dev || now->st_ino != at_start.st_ino);
}

bool working_directory_is_closed(void)
{
    return closed;
}

_Noreturn void working_directory_cannot_enter(const char *path)
{
    die_with_help(errno == EACCES ? "this user may not search it, or a directory above it; go to another one" : NULL,
                  "cannot enter the working directory `%s`", path);
}
