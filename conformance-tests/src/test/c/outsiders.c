/* Acts on what others hold outside: queues, terminals, sockets at paths, and processes by their rarer handles. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

#include "acts.h"

static int result(long value)
{
    return value < 0 ? errno : 0;
}

/* What is held is held until the standard input ends; the first line names it. */
static int hold(const char *name, int error)
{
    char byte;
    if (error == 0) {
        printf("%s\n", name);
        fflush(stdout);
        while (read(0, &byte, 1) > 0)
            continue;
    }
    return error;
}

static int try_hold_unix(char **arguments)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path, arguments[0], sizeof address.sun_path - 1);
    unlink(arguments[0]);
    int server = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int value = bind(server, (struct sockaddr *)&address, sizeof address);
    if (value == 0)
        value = listen(server, 64);
    int error = hold("ok", result(value));
    unlink(arguments[0]);
    return error;
}

static int try_hold_queue(char **arguments)
{
    mqd_t queue = mq_open(arguments[0], O_CREAT | O_RDWR, 0600, NULL);
    int error = hold("ok", result(queue));
    mq_unlink(arguments[0]);
    return error;
}

static int try_queue(char **arguments)
{
    mqd_t queue = mq_open(arguments[0], O_RDWR);
    int error = result(queue);
    if (queue != (mqd_t)-1)
        mq_close(queue);
    return error;
}

/* A terminal of the user's, such as another window. */
static int try_hold_terminal(char **arguments)
{
    (void)arguments;
    int keeper = posix_openpt(O_RDWR | O_NOCTTY);
    if (keeper < 0 || grantpt(keeper) < 0 || unlockpt(keeper) < 0)
        return errno;
    const char *name = ptsname(keeper);
    int screen = name == NULL ? -1 : open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
    return hold(name, result(screen));
}

static pid_t process(char **arguments)
{
    return (pid_t)atoi(arguments[0]);
}

static int try_read_memory(char **arguments)
{
    char byte;
    struct iovec here = {.iov_base = &byte, .iov_len = 1};
    struct iovec there = {.iov_base = (void *)0x1000, .iov_len = 1};
    int error = result(process_vm_readv(process(arguments), &here, 1, &there, 1, 0));
    return error == EFAULT ? 0 : error; /* it was looked for in there */
}

static int try_signal_pidfd(char **arguments)
{
    long pidfd = syscall(SYS_pidfd_open, process(arguments), 0);
    if (pidfd < 0)
        return errno;
    int error = result(syscall(SYS_pidfd_send_signal, pidfd, 0, NULL, 0));
    close((int)pidfd);
    return error;
}

static int try_signal_thread(char **arguments)
{
    return result(syscall(SYS_tgkill, process(arguments), process(arguments), 0));
}

static int try_signal_group(char **arguments)
{
    return result(kill(-process(arguments), 0));
}

static int try_queue_signal(char **arguments)
{
    union sigval value = {.sival_int = 0};
    return result(sigqueue(process(arguments), 0, value));
}

static int try_compare(char **arguments)
{
    return result(syscall(SYS_kcmp, process(arguments), getpid(), 0 /* KCMP_FILE */, 0, 0));
}

static int try_move_pages(char **arguments)
{
    return result(syscall(SYS_migrate_pages, process(arguments), 8UL, "\1\0\0\0\0\0\0", "\1\0\0\0\0\0\0"));
}

static int socket_of(int family, int type, int protocol)
{
    int descriptor = socket(family, type | SOCK_CLOEXEC, protocol);
    int error = result(descriptor);
    if (descriptor >= 0)
        close(descriptor);
    return error;
}

static int try_socket(char **arguments)
{
    return socket_of(atoi(arguments[0]), atoi(arguments[1]), atoi(arguments[2]));
}

const struct act outsider_acts[] = {
    {"hold-unix", 1, try_hold_unix},         {"hold-queue", 1, try_hold_queue},
    {"queue", 1, try_queue},                 {"hold-terminal", 0, try_hold_terminal},
    {"read-memory", 1, try_read_memory},     {"signal-pidfd", 1, try_signal_pidfd},
    {"signal-thread", 1, try_signal_thread}, {"signal-group", 1, try_signal_group},
    {"queue-signal", 1, try_queue_signal},   {"compare", 1, try_compare},
    {"move-pages", 1, try_move_pages},       {"socket", 3, try_socket},
    {NULL, 0, NULL},
};
