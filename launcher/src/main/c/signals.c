#include "signals.h"

#include <errno.h>
#include <stddef.h>
#include <sys/wait.h>

#include "messages.h"

/* SIGTSTP and its kind stay as they are: the terminal stops the launcher and the command alike. */
static const int forwarded[] = {SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGTERM, SIGCONT};

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
    return set;
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
    bool keyboard = information->si_code == SI_KERNEL &&
                    (information->si_signo == SIGINT || information->si_signo == SIGQUIT);
    return information->si_signo != SIGCHLD && information->si_signo != SIGURG && (own_session || !keyboard);
}

int signals_exit_status(int status)
{
    return WIFSIGNALED(status) ? EXIT_SIGNAL + WTERMSIG(status) : WEXITSTATUS(status);
}
