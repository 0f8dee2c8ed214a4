#include "command_job.h"

#include <signal.h>
#include <stdbool.h>
#include <unistd.h>

#include "job_control.h"
#include "messages.h"
#include "run.h"
#include "terminal.h"

static bool stopped;

/* Who is not in the foreground may change it only where SIGTTOU is blocked. */
static bool put_in_foreground(const struct run *run, pid_t group)
{
    int terminal = run->terminal->standard[0] ? 0 : run->terminal->standard[1] ? 1 : 2;
    sigset_t set, before;
    sigemptyset(&set);
    sigaddset(&set, SIGTTOU);
    sigprocmask(SIG_BLOCK, &set, &before);
    bool done = tcsetpgrp(terminal, group) == 0;
    sigprocmask(SIG_SETMASK, &before, NULL);
    return done;
}

void command_job_begin(const struct run *run)
{
    if (setpgid(0, 0) < 0)
        die("cannot give the command a process group");
    if (run->terminal->there && run->terminal->foreground && !put_in_foreground(run, getpid()))
        die("cannot put the command in the foreground of its terminal");
}

void command_job_expect(pid_t command)
{
    setpgid(command, command); /* fails when the command has been executed, and then the group is there */
}

void command_job_stopped(const struct run *run, int status)
{
    stopped = true;
    orders_send_status(run, status);
}

/* A shell gives the terminal to its own jobs: what has not been stopped is left where it is. */
static void go_on(const struct run *run, pid_t group, enum order order)
{
    if (stopped)
        put_in_foreground(run, order == ORDER_FOREGROUND ? group : getpgrp());
    stopped = false;
    kill(-group, SIGCONT);
    orders_send_status(run, STATUS_CONTINUED);
}

/* A SIGCONT without an order is one whose order has been carried out already. */
static void obey(const struct run *run, pid_t group)
{
    enum order order;
    while ((order = orders_receive(run)) != ORDER_NONE) {
        if (order == ORDER_STOP)
            kill(-group, SIGTSTP);
        else
            go_on(run, group, order);
    }
}

/* What a terminal sends goes to the whole group, as it would have from there. */
static bool is_for_group(int signal)
{
    return signal == SIGINT || signal == SIGQUIT || signal == SIGTSTP || signal == SIGCONT || signal == SIGHUP;
}

void command_job_signal(const struct run *run, pid_t command, int signal)
{
    pid_t group = getpgid(command);
    bool own = group > 0 && group != getpgrp();
    if (signal == SIGCONT && own && run->terminal->there)
        obey(run, group);
    else
        kill(own && is_for_group(signal) ? -group : command, signal); /* it may have ended by now */
}
