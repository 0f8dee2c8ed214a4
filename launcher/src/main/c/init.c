/* PID 1 of the sandbox. It has been confined like the command; when it ends, the kernel ends everything else. */
#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

#include "actions.h"
#include "descriptors.h"
#include "join.h"
#include "kernel.h"
#include "messages.h"
#include "report.h"
#include "run.h"
#include "signals.h"
#include "trial.h"

/* Orphans are ours as well; `__WALL` because some are not made by fork. */
static void reap(const struct run *run, pid_t command)
{
    int status;
    for (;;) {
        pid_t ended = waitpid(-1, &status, WNOHANG | __WALL);
        if (ended == command) {
            report_send(run, status);
            _exit(signals_exit_status(status));
        }
        join_ended(ended, status);
        if (ended == 0)
            return;
        if (ended < 0 && errno != EINTR)
            die("cannot wait for the command");
    }
}

static _Noreturn void serve(struct run *run, pid_t command)
{
    for (;;) {
        siginfo_t information;
        int signal = signals_wait(&information, NULL);
        if (signal == SIGCHLD)
            reap(run, command);
        else if (signal == SIGURG)
            join_serve(run);
        else if (signals_forward(&information, run->own_session))
            kill(command, signal); /* it may have ended by now */
    }
}

/*
 * Not dumpable before the command exists: the command, which has the same ids, can then neither trace PID 1 nor open
 * its memory, environment or program. Executing a program makes the command's own process dumpable again.
 */
void do_init(struct run *run, const struct operand *operands)
{
    (void)operands;
    if (run->probe)
        return;
    if (sys_prctl(PR_SET_DUMPABLE, 0, 0) < 0)
        die("cannot protect the first process");
    signals_take_over();
    pid_t command = sys_clone(SIGCHLD);
    if (command < 0)
        die("cannot start the command's process");
    if (command == 0)
        return;
    trial_end();
    messages_set_action(NULL, 0);
    messages_tell_failures(NULL); /* the command may run by now */
    int *const kept[] = {&run->report, &run->sync};
    descriptors_close_others(3, kept, sizeof kept / sizeof *kept);
    serve(run, command);
}
