/* Acts on other processes. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/uio.h>
#include <sys/wait.h>

#include <sys/resource.h>

#include "acts.h"
#include "kernel.h"

enum { TRACE_SEIZE = 0x4206 };

#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_pidfd_getfd
#define SYS_pidfd_getfd 438
#endif

static pid_t process(char **arguments)
{
    return (pid_t)act_number(arguments[0]);
}

static int open_in_proc(char **arguments, const char *entry)
{
    char path[96];
    snprintf(path, sizeof path, "/proc/%d/%s", (int)process(arguments), entry);
    return openat(AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
}

static int try_see(char **arguments, char *value)
{
    char path[64];
    struct stat status;
    (void)value;
    snprintf(path, sizeof path, "/proc/%d", (int)process(arguments));
    return act_result(lstat(path, &status));
}

/* Whether the kernel lets on that there is such a process: then it answers anything but ESRCH. */
static int try_guess(char **arguments, char *value)
{
    (void)value;
    return act_result(kill(process(arguments), 0));
}

/* SIGURG is ignored by who does not wait for it. */
static int try_signal(char **arguments, char *value)
{
    (void)value;
    return act_result(kill(process(arguments), SIGURG));
}

/* It is let go when this process ends. */
static int try_trace(char **arguments, char *value)
{
    (void)value;
    return act_result(syscall(SYS_ptrace, (long)TRACE_SEIZE, (long)process(arguments), 0L, 0L));
}

static int try_read_memory(char **arguments, char *value)
{
    uint64_t word;
    struct iovec here = {.iov_base = &word, .iov_len = sizeof word};
    struct iovec there = {.iov_base = (void *)(uintptr_t)act_number(arguments[1]), .iov_len = sizeof word};
    (void)value;
    return act_result(process_vm_readv(process(arguments), &here, 1, &there, 1, 0));
}

static int try_read_environment(char **arguments, char *value)
{
    (void)value;
    return act_opened(open_in_proc(arguments, "environ"));
}

static int try_enter_root(char **arguments, char *value)
{
    (void)value;
    return act_opened(open_in_proc(arguments, "root/"));
}

static int try_enter_namespace(char **arguments, char *value)
{
    char entry[32];
    (void)value;
    snprintf(entry, sizeof entry, "ns/%s", arguments[1]);
    int namespace = open_in_proc(arguments, entry);
    if (namespace < 0)
        return errno;
    int error = act_result(syscall(SYS_setns, namespace, 0));
    close(namespace);
    return error;
}

static int try_take_descriptor(char **arguments, char *value)
{
    int other = (int)syscall(SYS_pidfd_open, process(arguments), 0U);
    (void)value;
    if (other < 0)
        return errno;
    int error = act_opened((int)syscall(SYS_pidfd_getfd, other, 0, 0U));
    close(other);
    return error;
}

/* What a sandbox must not forbid. */
static int try_signal_child(char **arguments, char *value)
{
    int status;
    (void)arguments;
    (void)value;
    pid_t child = sys_clone(SIGCHLD);
    if (child == 0) {
        for (;;)
            pause();
    }
    if (child < 0)
        return UNABLE(errno);
    int error = act_result(kill(child, SIGKILL));
    waitpid(child, &status, error == 0 ? 0 : WNOHANG);
    return error;
}

/* A process of the caller's can be limited, slowed and moved by who has its user id. */
static int try_limit(char **arguments, char *value)
{
    const struct {
        uint64_t soft, hard;
    } files = {64, 64};
    (void)value;
    return act_result(syscall(SYS_prlimit64, act_number(arguments[0]), RLIMIT_NOFILE, &files, NULL));
}

static int try_slow_down(char **arguments, char *value)
{
    (void)value;
    return act_result(syscall(SYS_setpriority, PRIO_PROCESS, act_number(arguments[0]), 19));
}

static int try_move(char **arguments, char *value)
{
    const unsigned long first[16] = {1};
    (void)value;
    return act_result(syscall(SYS_sched_setaffinity, act_number(arguments[0]), sizeof first, first));
}

/* In the keyring of the user, wherever the session's is. */
static int try_find_key(char **arguments, char *value)
{
    enum { USER_KEYRING = -4, SEARCH = 10 };
    (void)value;
    return act_result(syscall(SYS_keyctl, SEARCH, USER_KEYRING, "user", arguments[0], 0));
}

const struct act process_acts[] = {
    {"see-process", 1, try_see},
    {"guess-process", 1, try_guess},
    {"signal-process", 1, try_signal},
    {"trace-process", 1, try_trace},
    {"read-memory", 2, try_read_memory},
    {"read-environment", 1, try_read_environment},
    {"enter-root", 1, try_enter_root},
    {"enter-namespace", 2, try_enter_namespace},
    {"take-descriptor", 1, try_take_descriptor},
    {"signal-child", 0, try_signal_child},
    {"limit-process", 1, try_limit},
    {"slow-process-down", 1, try_slow_down},
    {"move-process", 1, try_move},
    {"find-key", 1, try_find_key},
    {.name = NULL},
};
