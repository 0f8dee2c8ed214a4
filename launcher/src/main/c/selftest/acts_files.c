/* Acts on files. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "acts.h"
#include "kernel.h"

static int open_quietly(const char *path, int flags)
{
    return openat(AT_FDCWD, act_path(path), flags | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

static int try_open_read(char **arguments, char *value)
{
    (void)value;
    return act_opened(open_quietly(arguments[0], O_RDONLY));
}

/* Nothing is written. */
static int try_open_write(char **arguments, char *value)
{
    (void)value;
    return act_opened(open_quietly(arguments[0], O_WRONLY));
}

static int try_create(char **arguments, char *value)
{
    const char *path = act_path(arguments[0]);
    int file = openat(AT_FDCWD, path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    (void)value;
    if (file >= 0)
        unlink(path);
    return act_opened(file);
}

static int try_list(char **arguments, char *value)
{
    char entries[4096];
    int directory = open_quietly(arguments[0], O_RDONLY | O_DIRECTORY);
    (void)value;
    if (directory < 0)
        return errno;
    int error = act_result(syscall(SYS_getdents64, directory, entries, sizeof entries));
    close(directory);
    return error;
}

static int try_stat(char **arguments, char *value)
{
    struct stat status;
    (void)value;
    return act_result(lstat(act_path(arguments[0]), &status));
}

/* To the size it has. */
static int try_truncate(char **arguments, char *value)
{
    struct stat status = {.st_size = 0};
    (void)value;
    (void)stat(arguments[0], &status);
    return act_result(truncate(arguments[0], status.st_size));
}

/* And back. */
static int try_rename(char **arguments, char *value)
{
    char other[4096];
    (void)value;
    snprintf(other, sizeof other, "%s.moved", arguments[0]);
    int error = act_result(rename(arguments[0], other));
    return error == 0 ? act_result(rename(other, arguments[0])) : error;
}

/* To what it is. */
static int try_change_mode(char **arguments, char *value)
{
    struct stat status;
    (void)value;
    if (stat(arguments[0], &status) < 0)
        return errno;
    return act_result(chmod(arguments[0], status.st_mode & 07777));
}

/* And away with it. */
static int try_link(char **arguments, char *value)
{
    char other[4096];
    (void)value;
    snprintf(other, sizeof other, "%s.linked", arguments[0]);
    int error = act_result(link(arguments[0], other));
    if (error == 0)
        unlink(other);
    return error;
}

/* EISDIR comes after all permissions: a directory stays, and shows whether a file could be removed. */
static int try_remove(char **arguments, char *value)
{
    int error = act_result(unlink(arguments[0]));
    (void)value;
    return error == EISDIR ? 0 : error;
}

static _Noreturn void become(char *path, int report)
{
    char *command[] = {path, NULL};
    int nothing = openat(AT_FDCWD, "/dev/null", O_RDWR);
    for (int i = 0; nothing >= 0 && i < 3; i++)
        dup2(nothing, i);
    execve(path, command, (char *[]){NULL});
    int error = errno;
    _exit(write(report, &error, sizeof error) == (ssize_t)sizeof error ? 0 : 1);
}

/* A program that could be executed says nothing: its end of the pipe is closed. */
static int try_execute(char **arguments, char *value)
{
    int report[2], error = 0;
    (void)value;
    if (pipe2(report, O_CLOEXEC) < 0)
        return UNABLE(errno);
    pid_t child = sys_clone(SIGCHLD);
    if (child < 0)
        return UNABLE(errno);
    if (child == 0)
        become(arguments[0], report[1]);
    close(report[1]);
    if (read(report[0], &error, sizeof error) <= 0)
        error = 0;
    waitpid(child, NULL, 0);
    return error;
}

/* An empty file is no program; that this is what the kernel says means that it would have been executed. */
static int try_execute_new(char **arguments, char *value)
{
    const char *path = act_path(arguments[0]);
    int file = openat(AT_FDCWD, path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0700);
    if (file < 0)
        return errno;
    close(file);
    int error = try_execute(arguments, value);
    unlink(path);
    return error == ENOEXEC ? 0 : error;
}

/* The null device under another name. */
static int try_make_device(char **arguments, char *value)
{
    char path[4200];
    const char *directory = act_directory();
    (void)arguments;
    (void)value;
    if (directory == NULL)
        return UNABLE(errno);
    snprintf(path, sizeof path, "%s/null", directory);
    int error = act_result(mknodat(AT_FDCWD, path, S_IFCHR | 0600, 1 << 8 | 3));
    unlink(path);
    rmdir(directory);
    return error;
}

const struct act file_acts[] = {
    {"open-read", 1, try_open_read},
    {"open-write", 1, try_open_write},
    {"create-file", 1, try_create},
    {"list", 1, try_list},
    {"stat", 1, try_stat},
    {"truncate", 1, try_truncate},
    {"rename", 1, try_rename},
    {"change-mode", 1, try_change_mode},
    {"link", 1, try_link},
    {"remove", 1, try_remove},
    {"execute", 1, try_execute},
    {"execute-new", 1, try_execute_new},
    {"make-device", 0, try_make_device},
    {.name = NULL},
};
