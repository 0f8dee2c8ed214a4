/* Acts on other processes. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "acts.h"

static int result(long value)
{
    return value < 0 ? errno : 0;
}

static pid_t process(char **arguments)
{
    return (pid_t)atoi(arguments[0]);
}

/* Asks whether a signal could be sent. */
static int try_signal(char **arguments)
{
    return result(kill(process(arguments), 0));
}

/* In a child, with whose end the tracing ends. */
static int try_trace(char **arguments)
{
    int status;
    pid_t child = fork();
    if (child < 0)
        return errno;
    if (child == 0)
        _exit(result(ptrace(PTRACE_SEIZE, process(arguments), NULL, NULL)));
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    return WIFEXITED(status) ? WEXITSTATUS(status) : EINTR;
}

static int try_write_memory(char **arguments)
{
    char byte = 0;
    struct iovec here = {.iov_base = &byte, .iov_len = 1};
    struct iovec there = {.iov_base = (void *)0x1000, .iov_len = 1};
    return result(process_vm_writev(process(arguments), &here, 1, &there, 1, 0));
}

static int in_proc(char **arguments, const char *entry, int flags)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%s/%s", arguments[0], entry);
    int file = open(path, flags | O_CLOEXEC);
    int error = result(file);
    if (file >= 0)
        close(file);
    return error;
}

static int try_memory_file(char **arguments)
{
    return in_proc(arguments, "mem", O_RDWR);
}

static int try_its_root(char **arguments)
{
    return in_proc(arguments, "root/etc", O_RDONLY | O_DIRECTORY);
}

static int try_its_descriptors(char **arguments)
{
    return in_proc(arguments, "fd", O_RDONLY | O_DIRECTORY);
}

static int try_its_environment(char **arguments)
{
    return in_proc(arguments, "environ", O_RDONLY);
}

static int try_its_namespaces(char **arguments)
{
    char path[64], target[64];
    snprintf(path, sizeof path, "/proc/%s/ns/mnt", arguments[0]);
    return result(readlink(path, target, sizeof target));
}

/* Takes a descriptor of it by way of a pidfd. */
static int try_take_descriptor(char **arguments)
{
    long pidfd = syscall(SYS_pidfd_open, process(arguments), 0);
    if (pidfd < 0)
        return errno;
    int error = result(syscall(SYS_pidfd_getfd, pidfd, 0, 0));
    close((int)pidfd);
    return error;
}

/* A System V segment made elsewhere with this key. */
static int try_shared_memory(char **arguments)
{
    return result(shmget((key_t)atoi(arguments[0]), 0, 0));
}

/* With the limit it has: nothing changes where that is allowed. */
static int try_limit(char **arguments)
{
    struct rlimit limit = {0, 0};
    if (prlimit(process(arguments), RLIMIT_CORE, NULL, &limit) < 0)
        return errno;
    return result(prlimit(process(arguments), RLIMIT_CORE, &limit, NULL));
}

static int try_renice(char **arguments)
{
    return result(setpriority(PRIO_PROCESS, (id_t)process(arguments), 0));
}

/* All processes of the user. */
static int try_renice_all(char **arguments)
{
    (void)arguments;
    return result(setpriority(PRIO_USER, 0, 0));
}

static int try_io_priority(char **arguments)
{
    enum { WHO_PROCESS = 1, BEST_EFFORT_4 = 2 << 13 | 4 };
    return result(syscall(SYS_ioprio_set, WHO_PROCESS, process(arguments), BEST_EFFORT_4));
}

static int try_affinity(char **arguments)
{
    cpu_set_t processors;
    if (sched_getaffinity(0, sizeof processors, &processors) < 0)
        return errno;
    return result(sched_setaffinity(process(arguments), sizeof processors, &processors));
}

static int try_schedule(char **arguments)
{
    struct sched_param parameters = {.sched_priority = 0};
    return result(sched_setscheduler(process(arguments), SCHED_OTHER, &parameters));
}

static long key(long command, long one, const char *two, const char *three, long four)
{
    return syscall(SYS_keyctl, command, one, two, three, four);
}

/* Puts a key where the session looks for keys, and where the user does. */
static int try_plant_key(char **arguments)
{
    long session = syscall(SYS_add_key, "user", arguments[0], "x", 1UL, -3 /* the session's */);
    long user = syscall(SYS_add_key, "user", arguments[0], "x", 1UL, -4 /* the user's */);
    return result(session >= 0 ? session : user);
}

/* Finds one there, or in the user's own keyring. */
static int try_find_key(char **arguments)
{
    enum { SEARCH = 10 };
    if (key(SEARCH, -3, "user", arguments[0], 0) >= 0)
        return 0;
    return result(key(SEARCH, -4 /* the user's */, "user", arguments[0], 0));
}

const struct act process_acts[] = {
    {"signal", 1, try_signal},
    {"trace", 1, try_trace},
    {"write-memory", 1, try_write_memory},
    {"memory-file", 1, try_memory_file},
    {"its-root", 1, try_its_root},
    {"its-descriptors", 1, try_its_descriptors},
    {"its-environment", 1, try_its_environment},
    {"its-namespaces", 1, try_its_namespaces},
    {"take-descriptor", 1, try_take_descriptor},
    {"shared-memory", 1, try_shared_memory},
    {"limit", 1, try_limit},
    {"renice", 1, try_renice},
    {"renice-all", 0, try_renice_all},
    {"io-priority", 1, try_io_priority},
    {"affinity", 1, try_affinity},
    {"schedule", 1, try_schedule},
    {"plant-key", 1, try_plant_key},
    {"find-key", 1, try_find_key},
    {NULL, 0, NULL},
};
