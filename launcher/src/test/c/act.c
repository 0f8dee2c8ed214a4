/* act WHAT: what the tests do inside a sandbox and a shell cannot do or see. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "kernel.h"

/* Blocked and ignored signals, as the command finds them. */
static int show_signals(void)
{
    sigset_t blocked;
    sigprocmask(SIG_SETMASK, NULL, &blocked);
    for (int number = 1; number < 32; number++) {
        struct sigaction action;
        sigaction(number, NULL, &action);
        if (sigismember(&blocked, number) == 1)
            printf("blocked %d\n", number);
        if (action.sa_handler == SIG_IGN)
            printf("ignored %d\n", number);
    }
    printf("umask %03o\n", umask(0));
    return 0;
}

/* Leaves orphans, dead and alive, and counts which of them PID 1 has not reaped. */
static int orphans(void)
{
    for (int i = 0; i < 50; i++) {
        if (fork() == 0) {
            if (fork() == 0)
                _exit(0);
            _exit(0);
        }
    }
    while (wait(NULL) > 0 || errno == EINTR)
        continue;
    for (int attempt = 0; attempt < 200; attempt++) {
        int zombies = system("for s in /proc/[0-9]*/stat; do "
                             "read -r l <$s && case $l in *') Z '*) exit 1;; esac; done; exit 0");
        if (zombies == 0)
            return 0;
        usleep(10000);
    }
    return 1;
}

/* Says which of a few secrets of PID 1 can be opened. */
static int look_into_init(void)
{
    static const char *const files[] = {"exe", "mem", "environ", "root", "cwd", "maps", "fd/0"};
    int opened = 0;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char path[64];
        snprintf(path, sizeof path, "/proc/1/%s", files[i]);
        int file = open(path, O_RDONLY);
        if (file >= 0) {
            printf("opened %s\n", path);
            opened++;
        }
    }
    return opened;
}

/* Types into every terminal in reach, as a hostile program would; how often that worked. */
static int push(void)
{
    static const char keys[] = "echo PUSHED\r";
    int terminals[] = {0, 1, 2, open("/dev/tty", O_RDWR)}, pushed = 0;
    for (size_t i = 0; i < sizeof terminals / sizeof *terminals; i++) {
        char paste[] = {3}; /* TIOCL_PASTESEL */
        for (const char *key = keys; *key != '\0'; key++)
            pushed += syscall(SYS_ioctl, terminals[i], 0x5412UL /* TIOCSTI */, key) == 0;
        pushed += syscall(SYS_ioctl, terminals[i], 0x541cUL /* TIOCLINUX */, paste) == 0;
    }
    printf("pushed %d keys\n", pushed);
    return 0;
}

/* A tree that rm -r by recursion would not survive, with a directory nobody may read. */
static int deep_tree(const char *top, int depth)
{
    if (chdir(top) < 0)
        return 1;
    mkdir("locked", 0700);
    mkdir("locked/inside", 0700);
    chmod("locked", 0);
    symlink("/", "escape");
    for (int i = 0; i < depth; i++) {
        if (mkdir("deeper", 0755) < 0 || chdir("deeper") < 0)
            return 1;
    }
    return 0;
}

/* Ignores SIGTERM and waits; with `ready` printed before. */
static _Noreturn void stubborn(void)
{
    signal(SIGTERM, SIG_IGN);
    puts("ready");
    fflush(stdout);
    for (;;)
        pause();
}

/* Starts another program with a signal blocked and others ignored. */
static int with_signals(char **command)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR2);
    sigprocmask(SIG_SETMASK, &set, NULL);
    signal(SIGCHLD, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    umask(027);
    execv(command[0], command);
    return 1;
}

/* Starts another program, which gets the variable `TWICE` two times. */
static int with_twice(char **command)
{
    static char first[] = "TWICE=first", last[] = "TWICE=last";
    char *environment[512] = {first};
    size_t count = 1;
    for (char **variable = environ; *variable != NULL && count < sizeof environment / sizeof *environment - 2; variable++)
        environment[count++] = *variable;
    environment[count] = last;
    execve(command[0], command, environment);
    return 1;
}

/* Leaves a mark, with few system calls. */
static int mark(void)
{
    return mknod("mark", S_IFREG | 0600, 0) < 0;
}

/* Keeps descriptors on their way, which nobody takes; with `ready` printed when they are. */
static int in_flight(int count)
{
    enum { AT_ONCE = 100 };
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(AT_ONCE * sizeof(int))];
    } control = {.bytes = {0}};
    int ends[2];
    struct iovec data = {.iov_base = ends, .iov_len = 1};
    struct msghdr message = {
        .msg_iov = &data, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
    control.header = (struct cmsghdr){
        .cmsg_len = CMSG_LEN(AT_ONCE * sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
    memset(CMSG_DATA(&control.header), 0, AT_ONCE * sizeof(int)); /* standard input, each time */
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) < 0)
        return 1;
    for (; count > 0; count -= AT_ONCE) {
        if (sendmsg(ends[0], &message, MSG_NOSIGNAL) < 0)
            return 1;
    }
    puts("ready");
    fflush(stdout);
    for (;;)
        pause();
}

int main(int count, char **arguments)
{
    const char *what = count > 1 ? arguments[1] : "";
    if (strcmp(what, "show-signals") == 0)
        return show_signals();
    if (strcmp(what, "mark") == 0)
        return mark();
    if (strcmp(what, "push") == 0)
        return push();
    if (strcmp(what, "orphans") == 0)
        return orphans();
    if (strcmp(what, "look-into-init") == 0)
        return look_into_init();
    if (strcmp(what, "deep-tree") == 0 && count == 4)
        return deep_tree(arguments[2], atoi(arguments[3]));
    if (strcmp(what, "in-flight") == 0 && count == 3)
        return in_flight(atoi(arguments[2]));
    if (strcmp(what, "stubborn") == 0)
        stubborn();
    if (strcmp(what, "with-signals") == 0 && count > 2)
        return with_signals(arguments + 2);
    if (strcmp(what, "with-twice") == 0 && count > 2)
        return with_twice(arguments + 2);
    return 2;
}
