/* Acts on the terminal. The standard input is the one the caller of the sandbox would sit at, and its input ours. */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/ioctl.h>

#include "acts.h"
#include "kernel.h"
#include "prover.h"

#ifndef TIOCSTI
#define TIOCSTI 0x5412
#endif

static unsigned long long device, number;

void terminal_acts_spare(const char *terminal)
{
    sscanf(terminal, "%llu:%llu", &device, &number);
}

/* A terminal of the sandbox's own may be typed into. */
static bool is_callers(int terminal)
{
    struct stat status;
    return fstat(terminal, &status) < 0 || (status.st_dev == device && status.st_rdev == number);
}

static int push(unsigned long request)
{
    char key = ' ';
    int result = act_result(syscall(SYS_ioctl, STDIN_FILENO, request, &key));
    return result == 0 && !is_callers(STDIN_FILENO) ? ENXIO : result;
}

static int when_terminal(int (*act)(void))
{
    return isatty(STDIN_FILENO) ? act() : UNABLE(ENOTTY);
}

/* Who leads a process group already cannot start a session. */
static int in_child(int (*act)(void))
{
    int answer[2], error = EPROTO | ACT_UNABLE;
    if (pipe2(answer, O_CLOEXEC) < 0)
        return UNABLE(errno);
    pid_t child = sys_clone(SIGCHLD);
    if (child == 0) {
        error = when_terminal(act);
        _exit(write(answer[1], &error, sizeof error) < 0);
    }
    close(answer[1]);
    if (child < 0 || read(answer[0], &error, sizeof error) != (ssize_t)sizeof error)
        return UNABLE(EPROTO);
    return error;
}

static int push_key(void)
{
    return push(TIOCSTI);
}

/* The kernel takes 32 bits; a filter that compares 64 is passed by. */
static int push_key_with_high_bits(void)
{
    return push(TIOCSTI | 1UL << (sizeof(long) > 4 ? 32 : 0));
}

/* As the leader of a session, which may take a terminal that nobody has. */
static int push_key_of_own_session(void)
{
    if (syscall(SYS_setsid) < 0)
        return UNABLE(errno);
    syscall(SYS_ioctl, STDIN_FILENO, (unsigned long)TIOCSCTTY, 1L);
    return push(TIOCSTI);
}

static int try_push_key(char **arguments, char *value)
{
    (void)arguments;
    (void)value;
    return when_terminal(push_key);
}

static int try_push_key_with_high_bits(char **arguments, char *value)
{
    (void)arguments;
    (void)value;
    return when_terminal(push_key_with_high_bits);
}

static int try_push_key_of_own_session(char **arguments, char *value)
{
    (void)arguments;
    (void)value;
    return in_child(push_key_of_own_session);
}

const struct act terminal_acts[] = {
    {"push-key", 0, try_push_key},
    {"push-key-high-bits", 0, try_push_key_with_high_bits},
    {"push-key-own-session", 0, try_push_key_of_own_session},
    {.name = NULL},
};
