/* Reads what a failed call was about from the thread that made it. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>

#include "failed_call.h"
#include "kernel.h"
#include "messages.h"
#include "proc.h"

enum { COMMAND = 512 };

static char *copy(const char *text)
{
    char *copied = strdup(text);
    if (copied == NULL)
        die("cannot remember what was refused");
    return copied;
}

/* Of the process a thread belongs to, outside and inside, and what it may do. */
static void numbers(struct failure *failure, pid_t thread)
{
    char status[8192], inside[256];
    if (!proc_read_of(thread, "status", status, sizeof status))
        return;
    const char *group = proc_line(status, "Tgid:"), *capabilities = proc_line(status, "CapEff:");
    if (group != NULL)
        failure->process = failure->inside = atoi(group);
    if (capabilities != NULL)
        failure->capabilities = strtoull(capabilities, NULL, 16);
    if (proc_value(status, "NStgid:", inside, sizeof inside))
        failure->inside = atoi(strrchr(inside, '\t') + 1);
}

void failure_name_process(struct failure *failure, pid_t thread)
{
    char command[COMMAND];
    proc_command(thread, command, sizeof command);
    failure->command = copy(command);
    numbers(failure, thread);
}

static uint64_t open_flags(const struct thread *thread)
{
    uint64_t flags = thread->arguments[thread->call->flags];
    if (thread->call->number == SYS_openat2 && !thread_read(thread->id, flags, &flags, sizeof flags))
        flags = 0;
    return flags;
}

static enum want want_of_open(uint64_t flags)
{
    if ((flags & O_PATH) != 0)
        return WANT_LOOK;
    return (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC)) != 0 ? WANT_WRITE : WANT_READ;
}

static void take_address(struct failure *failure, const struct thread *thread)
{
    bool send = failure->want == WANT_SEND;
    uint64_t length = thread->arguments[send ? 5 : 2];
    failure->address_length = length > ADDRESS - 1 ? ADDRESS - 1 : (unsigned)length;
    if (!thread_read(thread->id, thread->arguments[send ? 4 : 1], failure->address, failure->address_length))
        failure->address_length = 0;
}

/* The name that the host was to get, which nothing else says. */
static void take_name(struct failure *failure, const struct thread *thread)
{
    uint64_t length = thread->arguments[1];
    failure->address_length = length > HOST_NAME_MAX ? 0 : (unsigned)length;
    if (!thread_read(thread->id, thread->arguments[0], failure->address, failure->address_length))
        failure->address_length = 0;
}

/* As a number, by which it is written and compared. */
static void take_limit(struct failure *failure, const struct thread *thread)
{
    bool of_process = failure->call->number == SYS_prlimit64;
    uint64_t limit[2];
    failure->number = (int64_t)(int32_t)thread->arguments[of_process ? 1 : 0];
    if (thread_read(thread->id, thread->arguments[of_process ? 2 : 1], limit, sizeof limit))
        failure->address_length =
            (unsigned)snprintf((char *)failure->address, ADDRESS, "%llu", (unsigned long long)limit[1]);
}

static void take_attribute(struct failure *failure, const struct thread *thread)
{
    long length = thread_read_string(thread->id, thread->arguments[1], (char *)failure->address, ADDRESS - 1);
    failure->address_length = length < 0 ? 0 : (unsigned)length;
}

/* What is neither a path nor the first argument. */
static void take_detail(struct failure *failure, const struct thread *thread)
{
    switch (failure->call->number) {
    case SYS_sethostname:
        take_name(failure, thread);
        break;
    case SYS_setrlimit:
    case SYS_prlimit64:
        take_limit(failure, thread);
        break;
    case SYS_setxattr:
        take_attribute(failure, thread);
        break;
#ifdef SYS_mknod
    case SYS_mknod:
#endif
    case SYS_mknodat:
        failure->number = (int64_t)thread->arguments[failure->call->path + 1]; /* the kind of file */
        break;
    case SYS_ptrace: /* a process that is not traced yet */
        failure->number = thread->arguments[0] == PTRACE_ATTACH || thread->arguments[0] == PTRACE_SEIZE
                              ? (int64_t)(int32_t)thread->arguments[1]
                              : 0;
        break;
    }
}

/* User and group, in one number. */
static int64_t owners(const struct thread *thread)
{
    unsigned first = (unsigned)thread->call->path + 1;
    return (int64_t)(thread->arguments[first] << 32 | (uint32_t)thread->arguments[first + 1]);
}

/* What is not in a file system has no path: an abstract socket, and those of other families. */
static const char *socket_path(const struct failure *failure)
{
    unsigned short family = AF_UNSPEC;
    if (failure->address_length <= sizeof family)
        return "";
    memcpy(&family, failure->address, sizeof family);
    return family == AF_UNIX ? (const char *)failure->address + sizeof family : "";
}

bool failure_is_of_socket(enum want want)
{
    return want == WANT_CONNECT || want == WANT_SEND || want == WANT_BIND;
}

static void take_path(const struct thread *thread, int directory, int path, char base[PLACE_LENGTH], char text[PLACE_LENGTH])
{
    base[0] = '\0';
    thread_read_string(thread->id, thread->arguments[path], text, PLACE_LENGTH / 2);
    if (text[0] != '/')
        place_base(thread->id, directory < 0 ? AT_FDCWD : (int)thread->arguments[directory], base);
}

void failure_take(const struct thread *thread, struct failure *failure, struct raw *raw)
{
    const struct call *call = thread->call;
    raw->base[0] = raw->path[0] = raw->second_base[0] = raw->second[0] = '\0';
    failure->number = (int64_t)(int32_t)thread->arguments[0];
    if (call->want == WANT_OPEN) {
        uint64_t flags = open_flags(thread);
        failure->want = want_of_open(flags);
        failure->creates = (flags & O_CREAT) != 0;
    }
    if (call->want == WANT_ACCESS)
        failure->mode = (unsigned)thread->arguments[call->flags] & 7;
    if (call->want == WANT_GIVE)
        failure->number = owners(thread);
    take_detail(failure, thread);
    if (failure_is_of_socket(failure->want)) {
        take_address(failure, thread);
        snprintf(raw->path, sizeof raw->path, "%s", socket_path(failure));
        if (raw->path[0] != '\0' && raw->path[0] != '/')
            place_base(thread->id, AT_FDCWD, raw->base);
        return;
    }
    if (call->path < 0)
        return;
    take_path(thread, call->directory, call->path, raw->base, raw->path);
    if (call->want == WANT_RENAME)
        take_path(thread, call->directory < 0 ? -1 : call->directory + 2, call->path + (call->directory < 0 ? 1 : 2),
                  raw->second_base, raw->second);
}

/* Does a symlink at the end count? */
static bool follows(const struct failure *failure, const struct thread *thread)
{
    const struct call *call = failure->call;
    if (call->want == WANT_LOOK && call->flags >= 0)
        return (thread->arguments[call->flags] & AT_SYMLINK_NOFOLLOW) == 0;
    if (call->want == WANT_OPEN)
        return (open_flags(thread) & O_NOFOLLOW) == 0;
    return failure->want != WANT_LOOK_AT_LINK && failure->want != WANT_CREATE && failure->want != WANT_REMOVE &&
           failure->want != WANT_RENAME;
}

static bool is_missing(const struct failure *failure)
{
    return failure->error == ENOENT || failure->error == ENOTDIR;
}

/*
 * What another thread has made meanwhile, or is missing outside as well, is no refusal; later it could be there. Of a
 * program that is there its interpreter may be missing.
 */
static bool is_missing_everywhere(const struct failure *failure)
{
    struct stat status;
    if (!is_missing(failure) || failure->path[0] == '\0')
        return false;
    if (failure->absent[0] == '\0')
        return failure->want != WANT_EXECUTE;
    return lstat(failure->absent, &status) < 0;
}

void failure_resolve(struct failure *failure, const struct thread *thread, const struct raw *raw)
{
    static struct place place;
    place.path[0] = place.absent[0] = '\0';
    if (raw->path[0] != '\0')
        place_find(thread->id, raw->base, raw->path, follows(failure, thread), &place);
    failure->path = copy(place.path);
    failure->absent = copy(place.absent);
    place.path[0] = '\0';
    if (raw->second[0] != '\0')
        place_find(thread->id, raw->second_base, raw->second, false, &place);
    failure->second = copy(place.path);
    failure_name_process(failure, thread->id);
    failure->ordinary = is_missing_everywhere(failure);
}
