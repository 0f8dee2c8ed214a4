/*
 * Job control for a command that has a terminal of its own. The command is a job on that terminal, and the supervisor is
 * a job of the caller's shell; each learns of the other's stops.
 */
#include <errno.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "job_control.h"
#include "messages.h"
#include "relay.h"
#include "terminal.h"

/* Keys have no meaning of their own and are not shown: that is for the command's terminal to do. */
static struct termios raw(struct termios modes)
{
    modes.c_iflag &= ~(tcflag_t)(IGNBRK | BRKINT | PARMRK | ISTRIP | INLCR | IGNCR | ICRNL | IXON | IXOFF | IXANY);
    modes.c_oflag &= ~(tcflag_t)OPOST;
    modes.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
    modes.c_cc[VMIN] = 1;
    modes.c_cc[VTIME] = 0;
    return modes;
}

/* A shell that stopped us may have put its own modes back since. */
bool job_take_terminal(struct relay *relay)
{
    int terminal = relay->run->terminal->in;
    if (relay->hung_up || !terminal_is_foreground(terminal))
        return false;
    if (!relay->raw && tcgetattr(terminal, &relay->modes) < 0)
        return false;
    if (!relay->modes_given)
        tcsetattr(relay->command_end, TCSANOW, &relay->modes);
    relay->modes_given = true;
    struct termios modes = raw(relay->modes);
    relay->raw = tcsetattr(terminal, TCSANOW, &modes) == 0;
    return relay->raw;
}

/* Whoever has the terminal now has set it as they want it. */
void job_return_terminal(struct relay *relay)
{
    int terminal = relay->run->terminal->in;
    if (relay->raw && terminal_is_foreground(terminal))
        tcsetattr(terminal, TCSANOW, &relay->modes);
    relay->raw = false;
}

void job_resize(const struct relay *relay)
{
    struct winsize size;
    if (relay->pty >= 0 && ioctl(relay->run->terminal->out, TIOCGWINSZ, &size) == 0)
        ioctl(relay->pty, TIOCSWINSZ, &size);
}

static void go_on(struct relay *relay, enum order where)
{
    relay->not_yet = orders_send(relay->orders, where);
}

void job_ask_to_stop(struct relay *relay)
{
    relay->stop_wanted = true;
    orders_send(relay->orders, ORDER_STOP);
    kill(relay->run->child, SIGCONT);
}

/* Where SIGCONT is waiting, we have been stopped; the kernel stops nobody whom no shell could continue. */
static bool have_been_continued(void)
{
    sigset_t pending;
    return sigpending(&pending) == 0 && sigismember(&pending, SIGCONT) == 1;
}

static void stop_here(pid_t whom, int signal)
{
    sigset_t set, before;
    sigemptyset(&set);
    sigaddset(&set, signal);
    sigprocmask(SIG_UNBLOCK, &set, &before);
    kill(whom, signal);
    sigprocmask(SIG_SETMASK, &before, NULL);
}

void job_stop(struct relay *relay, int signal)
{
    /* A command that wants to read and one that is to stop may be the same: then the first stop is for both. */
    bool wants_terminal = !relay->stop_wanted && (signal == SIGTTIN || signal == SIGTTOU);
    relay->stop_wanted = false;
    question_end(relay, ANSWER_NOBODY); /* what is shown now must not stand behind it */
    if (wants_terminal && job_take_terminal(relay)) {
        go_on(relay, ORDER_FOREGROUND);
        kill(relay->run->child, SIGCONT);
        return;
    }
    relay_drain(relay, false);
    job_return_terminal(relay);
    stop_here(0, wants_terminal ? signal : SIGTSTP); /* the whole group: the rest of a pipeline stops as well */
    if (have_been_continued() || signal == SIGSTOP)
        return; /* see job_continue */
    /* No shell stops and continues us. A command that wants to read is then told that there is nothing. */
    if (!job_take_terminal(relay) && signal == SIGTTIN)
        relay_end_input(relay);
    go_on(relay, ORDER_FOREGROUND);
    kill(relay->run->child, SIGCONT);
}

void job_stop_without_terminal(pid_t child)
{
    kill(child, SIGTSTP);
    stop_here(getpid(), SIGTSTP);
    if (!have_been_continued())
        kill(child, SIGCONT);
}

void job_continue(struct relay *relay)
{
    bool foreground = terminal_is_foreground(relay->run->terminal->in);
    job_resize(relay);
    if (relay->raw && !foreground)
        relay->raw = false;
    if (foreground && (relay->raw || relay->run->terminal->foreground))
        job_take_terminal(relay);
    go_on(relay, relay->raw ? ORDER_FOREGROUND : ORDER_BACKGROUND);
}
