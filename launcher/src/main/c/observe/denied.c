#include "denied.h"

#include <errno.h>
#include <linux/audit.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include "calls.h"
#include "interpreter.h"
#include "kernel.h"
#include "messages.h"
#include "passing.h"
#include "proc.h"
#include "thread.h"

#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_pidfd_getfd
#define SYS_pidfd_getfd 438
#endif

enum { MOST = 256, COMMAND = 256 };

/* Written by the listener, read by the watcher when that has ended or has nothing left to do. */
struct denial {
    int number, error;
    unsigned count;
    pid_t process;
    uint64_t argument;
    char command[COMMAND];
};

static struct denial *denials;
static int watcher_end = -1, listener_end = -1;

static struct {
    struct sock_filter program[BPF_MAXINSNS];
    unsigned length;
    int descriptor;
} filter;

static bool receive(void)
{
    unsigned count = 1;
    ssize_t length = passing_receive(listener_end, filter.program, sizeof filter.program, &filter.descriptor, &count, 0);
    if (length <= 0 || count != 1)
        return false;
    filter.length = (unsigned)((size_t)length / sizeof(struct sock_filter));
    return true;
}

static void note(const struct seccomp_notif *asked, int error)
{
    unsigned i = 0;
    while (i < MOST && denials[i].count > 0 &&
           (denials[i].number != asked->data.nr || denials[i].error != error))
        i++;
    if (i == MOST)
        return;
    struct denial *denial = &denials[i];
    if (denial->count == 0) {
        denial->number = asked->data.nr;
        denial->error = error;
        denial->process = (pid_t)asked->pid;
        denial->argument = asked->data.args[0];
        proc_command(denial->process, denial->command, sizeof denial->command);
    }
    denial->count++;
}

/* The answer is an error, whatever was asked. */
static void answer(void)
{
    struct seccomp_notif asked = {.id = 0};
    if (syscall(SYS_ioctl, filter.descriptor, SECCOMP_IOCTL_NOTIF_RECV, &asked) < 0)
        return;
    uint32_t action = interpreter_run(filter.program, filter.length, &asked.data);
    int error = (action & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_USER_NOTIF ? (int)(action & SECCOMP_RET_DATA) : 0;
    struct seccomp_notif_resp response = {.id = asked.id, .error = error > 0 && error < 4096 ? -error : -EPERM};
    note(&asked, -response.error);
    syscall(SYS_ioctl, filter.descriptor, SECCOMP_IOCTL_NOTIF_SEND, &response); /* it may have been killed meanwhile */
}

static _Noreturn void listen_and_answer(pid_t watcher)
{
    if (sys_prctl(PR_SET_PDEATHSIG, SIGKILL, 0) < 0 || getppid() != watcher)
        _exit(EXIT_NOTHING_RAN);
    for (int number = 1; number < 32; number++)
        signal(number, SIG_IGN);
    while (receive()) {
        struct pollfd calls = {.fd = filter.descriptor, .events = POLLIN};
        while (poll(&calls, 1, -1) >= 0 && (calls.revents & POLLIN) != 0)
            answer();
        close(filter.descriptor);
    }
    _exit(0);
}

void denied_start(void)
{
    int ends[2];
    pid_t watcher = getpid();
    denials = mmap(NULL, MOST * sizeof *denials, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (denials == MAP_FAILED || socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
        die("cannot prepare to see denied calls");
    watcher_end = ends[0];
    listener_end = ends[1];
    pid_t listener = sys_clone(SIGCHLD);
    if (listener < 0)
        die("cannot start who sees denied calls");
    if (listener == 0) {
        close(watcher_end);
        listen_and_answer(watcher);
    }
    close(listener_end);
}

void denied_leave(void)
{
    close(watcher_end);
    munmap(denials, MOST * sizeof *denials);
    watcher_end = -1;
}

void denied_end(void)
{
    if (watcher_end >= 0)
        close(watcher_end);
    watcher_end = -1;
}

static bool copy_program(pid_t thread, uint64_t address)
{
    struct {
        uint16_t length;
        uint64_t filter;
    } there;
    if (!thread_read(thread, address, &there, sizeof there) || there.length > BPF_MAXINSNS)
        return false;
    filter.length = there.length;
    return thread_read(thread, there.filter, filter.program, there.length * sizeof *filter.program);
}

static void hand_over(int descriptor)
{
    size_t length = filter.length * sizeof *filter.program;
    if (passing_send(watcher_end, filter.program, length, &descriptor, 1, PASSING_PATIENCE) < 0)
        say("denied system calls are answered with ENOSYS, and not seen");
}

/* Where it fails nobody holds the listener once the command executes: the kernel then answers ENOSYS. */
void denied_take(pid_t thread, int descriptor, uint64_t program)
{
    int process = (int)syscall(SYS_pidfd_open, thread, 0U);
    int ours = process < 0 ? -1 : (int)syscall(SYS_pidfd_getfd, process, descriptor, 0U);
    if (ours >= 0 && copy_program(thread, program))
        hand_over(ours);
    if (ours >= 0)
        close(ours);
    if (process >= 0)
        close(process);
}

/* Of the machine's own calls, as the kernel's headers that it was built with name them. */
static const char *name_of(int number)
{
    static const struct {
        int number;
        const char *name;
    } known[] = {
#include "call_names.inc"
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (known[i].number == number)
            return known[i].name;
    }
    return "";
}

bool denied_any(void)
{
    return denials[0].count > 0;
}

void denied_write(struct text *lines)
{
    for (unsigned i = 0; i < MOST && denials[i].count > 0; i++) {
        const struct denial *denial = &denials[i];
        const char *error = error_name(denial->error), *name = name_of(denial->number);
        text_add(lines, "{\"want\":\"filtered\",\"error\":\"%s\",\"count\":%u,\"process\":%d,\"inside\":%d,\"number\":%llu,\"call\":\"",
                 error == NULL ? "?" : error, denial->count, denial->process, denial->process,
                 (unsigned long long)denial->argument);
        if (name[0] != '\0')
            text_add(lines, "%s", name);
        else
            text_add(lines, "%d", denial->number);
        text_add(lines, "\",\"command\":");
        text_add_json(lines, denial->command);
        text_add(lines, "}\n");
    }
}
