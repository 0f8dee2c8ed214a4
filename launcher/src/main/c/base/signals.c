#include "signals.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "messages.h"

/*
 * SIGTSTP and its kind stay as they are: the terminal stops the launcher and the command alike. Not so a command with a
 * terminal or at least a session of its own, which is stopped by us.
 */
static const int forwarded[] = {SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGTERM, SIGCONT};
static const int of_jobs[] = {SIGTSTP, SIGWINCH};

static bool jobs;
static bool taken_over;
static sigset_t original_mask;
static bool children_were_ignored;

static sigset_t waited_for(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigaddset(&set, SIGURG); /* there is something to look at */
    for (size_t i = 0; i < sizeof forwarded / sizeof *forwarded; i++)
        sigaddset(&set, forwarded[i]);
    for (size_t i = 0; jobs && i < sizeof of_jobs / sizeof *of_jobs; i++)
        sigaddset(&set, of_jobs[i]);
    return set;
}

void signals_of_jobs(bool wanted)
{
    jobs = wanted;
}

int signals_open(void)
{
    sigset_t set = waited_for();
    int descriptor = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (descriptor < 0)
        die("cannot watch for signals");
    return descriptor;
}

bool signals_when_readable(int descriptor)
{
    return fcntl(descriptor, F_SETOWN, getpid()) == 0 && fcntl(descriptor, F_SETSIG, SIGURG) == 0 &&
           fcntl(descriptor, F_SETFL, O_ASYNC | O_NONBLOCK) == 0;
}

static void set_child_disposition(void (*handler)(int))
{
    struct sigaction action = {.sa_handler = handler};
    if (sigaction(SIGCHLD, &action, NULL) < 0)
        die("cannot set what SIGCHLD does");
}

/* An ignored SIGCHLD throws away the children's exit statuses. */
void signals_expect_children(void)
{
    struct sigaction children;
    if (sigaction(SIGCHLD, NULL, &children) < 0)
        die("cannot read what SIGCHLD does");
    if (children.sa_handler != SIG_IGN)
        return;
    children_were_ignored = true;
    set_child_disposition(SIG_DFL);
}

void signals_take_over(void)
{
    if (taken_over)
        return;
    sigset_t set = waited_for();
    sigaddset(&set, SIGPIPE); /* a message nobody reads must not keep us from cleaning up */
    if (sigprocmask(SIG_BLOCK, &set, &original_mask) < 0)
        die("cannot block signals");
    signals_expect_children();
    taken_over = true;
}

void signals_restore(void)
{
    if (children_were_ignored)
        set_child_disposition(SIG_IGN);
    if (taken_over && sigprocmask(SIG_SETMASK, &original_mask, NULL) < 0)
        die("cannot restore the signal mask");
}

void signals_forget(void)
{
    children_were_ignored = taken_over = false;
}

int signals_wait(siginfo_t *information, const struct timespec *timeout)
{
    sigset_t set = waited_for();
    int signal;
    do
        signal = sigtimedwait(&set, information, timeout);
    while (signal < 0 && errno == EINTR && timeout == NULL);
    if (signal < 0 && errno != EAGAIN && errno != EINTR)
        die("cannot wait for signals");
    return signal < 0 ? 0 : signal;
}

bool signals_forward(const siginfo_t *information, bool own_session)
{
    int signal = information->si_signo;
    bool keyboard = information->si_code == SI_KERNEL && (signal == SIGINT || signal == SIGQUIT);
    return signal != SIGCHLD && signal != SIGURG && signal != SIGWINCH && (own_session || !keyboard);
}

int signals_exit_status(int status)
{
    return WIFSIGNALED(status) ? EXIT_SIGNAL + WTERMSIG(status) : WEXITSTATUS(status);
}

static bool is_of_terminal(int signal)
{
    return signal == SIGINT || signal == SIGQUIT || signal == SIGHUP;
}

/* Where the kernel does not let it end this process, as that of a container's first one, the exit status has to do. */
static void die_of(int number, bool tell_group)
{
    sigset_t set;
    struct rlimit core;
    if (getrlimit(RLIMIT_CORE, &core) == 0)
        setrlimit(RLIMIT_CORE, &(struct rlimit){.rlim_cur = 0, .rlim_max = core.rlim_max});
    signal(number, SIG_DFL);
    sigemptyset(&set);
    sigaddset(&set, number);
    if (tell_group)
        kill(0, number);
    else
        kill(getpid(), number);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
}

_Noreturn void signals_end_like(int status, bool tell_group)
{
    if (WIFSIGNALED(status) && is_of_terminal(WTERMSIG(status)))
        die_of(WTERMSIG(status), tell_group);
    _exit(signals_exit_status(status));
}

static volatile sig_atomic_t status_without_page = EXIT_NOTHING_RAN;

void signals_expect_command(void)
{
    status_without_page = 128 + SIGBUS;
}

/* Whoever sends it gets what they would get without this. */
static void end_without_page(int number, siginfo_t *information, void *context)
{
    static const char text[] = "hexe-policy: the kept plan was cut short while it was in use, so this run cannot go on\n";
    (void)context;
    if (information->si_code <= 0) {
        signal(number, SIG_DFL);
        kill(getpid(), number);
        return;
    }
    if (write(STDERR_FILENO, text, sizeof text - 1) < 0)
        errno = 0; /* nobody hears it */
    _exit(status_without_page);
}

void signals_expect_lost_pages(void)
{
    struct sigaction before, now = {.sa_sigaction = end_without_page, .sa_flags = SA_SIGINFO};
    if (sigaction(SIGBUS, &now, &before) < 0)
        die("cannot handle signals");
    if (before.sa_handler == SIG_IGN) /* the command gets it so; what the kernel finds ends this process all the same */
        sigaction(SIGBUS, &before, NULL);
}
