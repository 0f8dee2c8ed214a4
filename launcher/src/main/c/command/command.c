/* The last step: the command takes the launcher's place. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "caller_limits.h"
#include "environment.h"
#include "kernel.h"
#include "messages.h"
#include "process.h"
#include "processor.h"
#include "program.h"
#include "progress.h"
#include "run.h"
#include "signals.h"

static const char default_path[] = "/usr/local/bin:/usr/bin:/bin";

/* A script without `#!` is the shell's, as execvp(3) has it. */
static void execute_script(const char *path, char **command)
{
    size_t count = 0;
    while (command[count] != NULL)
        count++;
    char **arguments = calloc(count + 2, sizeof *arguments);
    if (arguments == NULL)
        return;
    arguments[0] = (char[]){"/bin/sh"};
    arguments[1] = (char *)(uintptr_t)path;
    memcpy(arguments + 2, command + 1, count * sizeof *arguments);
    execve(arguments[0], arguments, environ);
    errno = ENOEXEC;
}

static void try(const char *path, char **command)
{
    execve(path, command, environ);
    if (errno == ENOEXEC)
        execute_script(path, command);
}

static bool exists(const char *path)
{
    int error = errno;
    bool found = access(path, F_OK) == 0;
    errno = error;
    return found;
}

static _Noreturn void cannot_execute(const char *path)
{
    const char *help = NULL;
    if (errno == ENOENT)
        help = "the file is there, but the interpreter or loader it names does not exist inside the sandbox";
    else if (errno == EACCES)
        help = "it is not executable, its mount is noexec, or the profile does not allow it to be executed";
    end(EXIT_NOT_EXECUTABLE, errno, help, "cannot execute `%s`", path);
}

static _Noreturn void execute_path(const char *path, char **command)
{
    try(path, command);
    if (errno == ENOENT && !exists(path))
        end(EXIT_NOT_FOUND, 0, "a profile that lists paths shows the command those paths only", "`%s` does not exist",
            path);
    if (errno == ENOTDIR)
        end(EXIT_NOT_FOUND, errno, NULL, "cannot find `%s`", path);
    cannot_execute(path);
}

/*
 * The next file that the search may mean; false behind the last element. One that is empty is the working directory.
 * Nothing is tried under a name that was cut short.
 */
static bool next_candidate(const char **search, const char *name, char *path, size_t size)
{
    while (*search != NULL) {
        const char *element = *search;
        size_t length = strcspn(element, ":");
        *search = element[length] == ':' ? element + length + 1 : NULL;
        if (length + strlen(name) + 2 <= size) {
            snprintf(path, size, "%.*s%s%s", (int)length, element, length > 0 ? "/" : "./", name);
            return true;
        }
    }
    return false;
}

/* That one of them is there and cannot be executed is of interest when none can. */
static _Noreturn void execute_from_path(const char *name, char **command)
{
    const char *search = getenv("PATH");
    char path[4096];
    if (search == NULL)
        search = default_path;
    for (const char *rest = search; next_candidate(&rest, name, path, sizeof path);)
        try(path, command);
    for (const char *rest = search; next_candidate(&rest, name, path, sizeof path);) {
        if (!exists(path))
            continue;
        try(path, command);
        cannot_execute(path);
    }
    end(EXIT_NOT_FOUND, 0, "a profile that lists paths shows the command those paths only",
        "command `%s` not found in PATH `%s`", name, search);
}

/* Everything is as the command will find it; signals end this process as they would end the command. */
static void wait_for_caller(struct run *run)
{
    struct pollfd caller = {.fd = run->channels.block, .events = POLLIN};
    char byte;
    if (run->channels.block < 0)
        return;
    while (poll(&caller, 1, -1) < 0 && errno == EINTR)
        continue;
    if (read(run->channels.block, &byte, 1) < 0)
        die("cannot read from descriptor %d, which the command has to wait for", run->channels.block);
    if (run->channels.block > STDERR_FILENO)
        close(run->channels.block);
}

_Noreturn void command_execute(struct run *run)
{
    char **command = run->command;
    const char *name = command[0];
    if (run->start.argv0 != NULL)
        command[0] = (char *)(uintptr_t)run->start.argv0;
    if (run->own_directory.path != NULL && run->own_directory.variable[0] != '\0' &&
        !variable_set(run->own_directory.variable, run->own_directory.path))
        die("cannot set the variable `%s`", run->own_directory.variable);
    /* Where there is nobody between the caller and the command; entering a user namespace makes the kernel forget it. */
    if (run->start.dies_with_caller && !run->spawned)
        process_die_with_caller();
    process_restore_mask();
    processor_leave();
    caller_limits_restore();
    signals_restore();
    messages_before_end(NULL);
    progress_tell(run, PROGRESS_SET_UP);
    wait_for_caller(run);
    progress_tell(run, PROGRESS_EXECUTES);
    program_execute(command);
    if (name[0] == '\0')
        end(EXIT_NOT_FOUND, 0, NULL, "the command's name is empty");
    if (strchr(name, '/') != NULL)
        execute_path(name, command);
    execute_from_path(name, command);
}
