/* Acts on files. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include "acts.h"

static int result(int value)
{
    return value < 0 ? errno : 0;
}

static int opened(int file)
{
    int error = result(file);
    if (file >= 0)
        close(file);
    return error;
}

static int try_look(char **arguments)
{
    struct stat status;
    return result(lstat(arguments[0], &status));
}

static int try_read(char **arguments)
{
    char byte;
    int file = open(arguments[0], O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    int error = result(file);
    if (error == 0 && read(file, &byte, 1) < 0 && errno != EAGAIN)
        error = errno;
    if (file >= 0)
        close(file);
    return error;
}

static int try_list(char **arguments)
{
    return opened(open(arguments[0], O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

/* Opens for writing and writes nothing. */
static int try_write(char **arguments)
{
    return opened(open(arguments[0], O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
}

/* Writes one byte at the start. */
static int try_scribble(char **arguments)
{
    int file = open(arguments[0], O_WRONLY | O_NOCTTY | O_CLOEXEC);
    int error = result(file);
    if (error == 0 && write(file, "1", 1) < 0)
        error = errno;
    if (file >= 0)
        close(file);
    return error;
}

static int try_create(char **arguments)
{
    return opened(open(arguments[0], O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
}

static int try_truncate(char **arguments)
{
    return result(truncate(arguments[0], 0));
}

static int try_mkdir(char **arguments)
{
    return result(mkdir(arguments[0], 0755));
}

static int try_remove(char **arguments)
{
    return result(remove(arguments[0]));
}

static int try_rename(char **arguments)
{
    return result(rename(arguments[0], arguments[1]));
}

static int try_link(char **arguments)
{
    return result(link(arguments[0], arguments[1]));
}

static int try_chmod(char **arguments)
{
    return result(chmod(arguments[0], 0777));
}

/* The device of the first memory, 1:1, which the kernel's own memory could be read through. */
static int try_mknod(char **arguments)
{
    return result(mknod(arguments[0], S_IFCHR | 0600, makedev(1, 1)));
}

/* Whether it is setuid then, by its mode or from the start. */
static int look_for_set_id(const char *path, int error)
{
    struct stat status;
    if (error == 0 && (stat(path, &status) < 0 || (status.st_mode & S_ISUID) == 0))
        error = ENOTSUP;
    unlink(path);
    return error;
}

static int try_set_id_mode(char **arguments)
{
    int error = opened(open(arguments[0], O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    return error != 0 ? error : look_for_set_id(arguments[0], result(chmod(arguments[0], 04755)));
}

static int try_set_id_open(char **arguments)
{
    return look_for_set_id(arguments[0], opened(open(arguments[0], O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 04755)));
}

static int try_set_id_node(char **arguments)
{
    return look_for_set_id(arguments[0], result(mknod(arguments[0], S_IFREG | 04755, 0)));
}

/* The child tells its errno by its exit status. */
static int try_execute(char **arguments)
{
    int status;
    pid_t child = fork();
    if (child < 0)
        return errno;
    if (child == 0) {
        int nothing = open("/dev/null", O_RDWR);
        dup2(nothing, 1);
        dup2(nothing, 2);
        execl(arguments[0], arguments[0], (char *)NULL);
        _exit(errno);
    }
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    return WIFEXITED(status) ? WEXITSTATUS(status) : EINTR;
}

const struct act file_acts[] = {
    {"look", 1, try_look},         {"read", 1, try_read},   {"list", 1, try_list},         {"write", 1, try_write},
    {"scribble", 1, try_scribble}, {"create", 1, try_create}, {"truncate", 1, try_truncate}, {"mkdir", 1, try_mkdir},
    {"remove", 1, try_remove},     {"rename", 2, try_rename}, {"link", 2, try_link},         {"chmod", 1, try_chmod},
    {"mknod", 1, try_mknod},       {"execute", 1, try_execute}, {"set-id-mode", 1, try_set_id_mode},
    {"set-id-open", 1, try_set_id_open}, {"set-id-node", 1, try_set_id_node}, {NULL, 0, NULL},
};
