/*
 * The first process of the sandbox, PID 1 where there is a pid namespace. It has been confined like the command; when it
 * ends, the kernel ends everything else.
 */
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>

#include "actions.h"
#include "closing.h"
#include "command_job.h"
#include "descriptors.h"
#include "fallback.h"
#include "gateway.h"
#include "join.h"
#include "kernel.h"
#include "messages.h"
#include "opcodes.h"
#include "process.h"
#include "processor.h"
#include "report.h"
#include "run.h"
#include "terminal.h"
#include "signals.h"

/* Orphans are ours as well; `__WALL` because some are not made by fork. */
static void reap(const struct run *run, pid_t command)
{
    const int flags = WNOHANG | __WALL | (run->terminal->there ? WUNTRACED : 0);
    int status;
    for (;;) {
        pid_t ended = waitpid(-1, &status, flags);
        if (ended == command && !WIFSTOPPED(status)) {
            report_send(run, status);
            _exit(signals_exit_status(status));
        }
        if (ended == command)
            command_job_stopped(run, status);
        else if (ended <= 0 || !WIFSTOPPED(status))
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
        else if (signal == SIGURG) {
            join_serve(run);
            publish_serve(run);
        } else if (!signals_forward(&information, run->start.own_session))
            continue;
        else if (run->start.own_job)
            command_job_signal(run, command, signal);
        else
            kill(command, signal); /* it may have ended by now */
    }
}

/* Without a pid namespace nothing else would end the command when this process is killed. */
static void die_with_first(pid_t first)
{
    if (sys_prctl(PR_SET_PDEATHSIG, SIGKILL, 0) < 0)
        die("cannot ask to die with the first process");
    if (getppid() != first)
        _exit(EXIT_NOTHING_RAN);
}

static void begin_command(struct run *run, pid_t first)
{
    if (!run->pid_namespace)
        die_with_first(first);
    if (run->start.own_job)
        command_job_begin(run);
}

static pid_t first_process;

static int become_command(void *run)
{
    begin_command(run, first_process);
    messages_set_action(NULL, 0);
    command_execute(run);
}

/*
 * In the memory of this process, which stands still until the command is executed: a copy would take longer than most
 * of what the plan does. Only where the child has nothing left to do but that, and changes nothing that is needed here.
 */
static pid_t start_in_same_memory(struct run *run)
{
    static char stack[65536] __attribute__((aligned(64)));
    process_restore_mask();
    return clone(become_command, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, run);
}

static bool is_last(const struct run *run)
{
    struct plan_cursor rest = run->rest;
    struct record record;
    while (plan_next(&rest, &record)) {
        if (record.opcode->execute != do_nothing)
            return false;
    }
    return true;
}

static bool is_ready(const struct run *run)
{
    return run->channels.block < 0 && run->own_directory.path == NULL && is_last(run);
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
    processor_leave();
    first_process = getpid();
    pid_t command = is_ready(run) ? start_in_same_memory(run) : sys_clone(SIGCHLD);
    if (command < 0)
        die("cannot start the command's process");
    if (command == 0) {
        begin_command(run, first_process);
        return;
    }
    trial_end();
    messages_set_action(NULL, 0);
    messages_tell_failures(NULL); /* the command may run by now */
    if (run->start.own_job)
        command_job_expect(command);
    struct channels *ours = &run->channels;
    int *const kept[] = {&ours->report, &ours->orders, &ours->sync, &ours->connector, &ours->unconnected};
    descriptors_close_others(3, kept, sizeof kept / sizeof *kept);
    close_may_wait(false);
    publish_begin(run);
    serve(run, command);
}
