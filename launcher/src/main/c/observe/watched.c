/* Begins to watch who asks for it, and passes signals on to the launcher. */
#include "watched.h"

#include <errno.h>
#include <linux/ptrace.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>

#include "kernel.h"
#include "messages.h"
#include "watcher.h"

enum {
    OPTIONS = PTRACE_O_TRACESECCOMP | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE |
              PTRACE_O_TRACEEXEC | PTRACE_O_TRACEEXIT | PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL,
};

struct watched watcher = {.socket_end = -1};

static const int passed_on[] = {SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGTERM, SIGCONT};
static const int of_terminal[] = {SIGTSTP, SIGTTIN, SIGTTOU, SIGPIPE};

long watched_trace(long request, pid_t thread, unsigned long address, unsigned long data)
{
    return syscall(SYS_ptrace, request, (long)thread, address, data);
}

/* What the kernel adds to each message, see unix(7). */
struct sender {
    pid_t process;
    uid_t user;
    gid_t group;
};

/* The process that will be the command asks with one byte; the supervisor says in the end which limits were reached. */
union message {
    char traits;
    struct limits_reached limits;
};

static ssize_t take_message(struct sender *sender, union message *taken)
{
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof *sender)];
    } control;
    struct iovec part = {.iov_base = taken, .iov_len = sizeof *taken};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    ssize_t length = recvmsg(watcher.socket_end, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    if (length <= 0)
        return -1;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (header == NULL || header->cmsg_type != SCM_CREDENTIALS)
        return -1;
    memcpy(sender, CMSG_DATA(header), sizeof *sender);
    return length;
}

static void seize(const struct sender *sender, char traits)
{
    int answer = watched_trace(PTRACE_SEIZE, sender->process, 0, OPTIONS) == 0 ? 0 : errno;
    watcher.problem = answer;
    watcher.traits = traits;
    if (answer == 0)
        watcher.seized = sender->process;
    ssize_t ignored = write(watcher.socket_end, &answer, sizeof answer);
    (void)ignored;
}

/* In a handler, so that waiting for what is traced is enough: nothing but system calls. */
void watched_seize(int number)
{
    int error = errno;
    struct sender sender;
    union message message;
    ssize_t length;
    (void)number;
    while ((length = take_message(&sender, &message)) >= 0) {
        if (length == sizeof message.traits)
            seize(&sender, message.traits);
        else if (length == sizeof message.limits)
            watcher.limits = message.limits;
    }
    errno = error;
}

/* The terminal sends its own to the launcher as well. */
static void pass_on(int number, siginfo_t *information, void *context)
{
    int error = errno;
    (void)context;
    pid_t launcher = watcher.launcher;
    if (information->si_code != SI_KERNEL && launcher > 0)
        kill(launcher, number);
    errno = error;
}

static void set(int number, void (*handler)(int))
{
    if (signal(number, handler) == SIG_ERR)
        die("cannot set what signal %d does", number);
}

void watcher_prepare(int socket_end)
{
    watcher.socket_end = socket_end;
    set(SIGIO, watched_seize);
    if (fcntl(socket_end, F_SETOWN, getpid()) < 0 || fcntl(socket_end, F_SETFL, O_ASYNC) < 0)
        die("cannot watch the socket to the launcher");
}

void watcher_forget(void)
{
    set(SIGIO, SIG_DFL);
}

void watched_take_over_signals(void)
{
    struct sigaction action = {.sa_sigaction = pass_on, .sa_flags = SA_SIGINFO | SA_RESTART};
    for (size_t i = 0; i < sizeof passed_on / sizeof *passed_on; i++) {
        if (sigaction(passed_on[i], &action, NULL) < 0)
            die("cannot set what signals do");
    }
    for (size_t i = 0; i < sizeof of_terminal / sizeof *of_terminal; i++)
        set(of_terminal[i], SIG_IGN);
}
