/* The process that stays outside: passes signals on, keeps the time, cleans up, and ends as the command ended. */
#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "ask.h"
#include "cgroup.h"
#include "clock.h"
#include "closing.h"
#include "copies.h"
#include "fallback.h"
#include "gateway.h"
#include "join.h"
#include "kernel.h"
#include "messages.h"
#include "orphans.h"
#include "outcome.h"
#include "placeholder.h"
#include "processor.h"
#include "relay.h"
#include "remount.h"
#include "report.h"
#include "run.h"
#include "signals.h"
#include "status.h"

enum { HANGUP_GRACE = 5000, ANSWER_PATIENCE = 30000000 /* microseconds */ }; /* else milliseconds */

struct watch {
    struct run *run;
    pid_t child;
    uint64_t start, deadline; /* microseconds; a deadline of 0: none */
    uint64_t first_look;      /* at what was mounted, see remount.h; 0: none */
    uint64_t answer_until;    /* a question is open until then; 0: none */
    bool adopted;             /* the command's descendants are or become our children */
    struct relay *relay;      /* NULL: the command has no terminal of its own */
    struct outcome outcome;
};

static uint64_t after(uint64_t milliseconds)
{
    return clock_later(clock_now(), milliseconds);
}

static struct timespec left(uint64_t until)
{
    uint64_t time = clock_now();
    uint64_t microseconds = until > time ? until - time : 0;
    return (struct timespec){.tv_sec = (time_t)(microseconds / 1000000),
                             .tv_nsec = (long)(microseconds % 1000000) * 1000};
}

/* The child has not been waited for, so its process id cannot belong to anybody else. */
static void send(pid_t child, int signal)
{
    if (kill(child, signal) < 0 && errno != ESRCH)
        say("cannot pass signal %d on to the command", signal);
}

static void kill_tree(const struct run *run, pid_t child)
{
    cgroup_kill(run);
    send(child, SIGKILL);
}

static void time_is_up(struct watch *watch)
{
    if (watch->relay != NULL && watch->relay->hung_up) {
        watch->deadline = 0;
        kill_tree(watch->run, watch->child);
    } else if (!watch->outcome.timed_out) {
        watch->outcome.timed_out = true;
        watch->deadline = after(watch->run->limits.grace);
        send(watch->child, SIGTERM);
    } else {
        watch->outcome.hard = true;
        watch->deadline = 0;
        kill_tree(watch->run, watch->child);
    }
}

/* Other children are orphans that were adopted. */
static bool has_ended(struct watch *watch)
{
    pid_t ended;
    do {
        ended = wait4(watch->adopted ? -1 : watch->child, &watch->outcome.status, WNOHANG,
                      &watch->outcome.resources);
    } while ((ended < 0 && errno == EINTR) || (ended > 0 && ended != watch->child));
    if (ended < 0)
        die("cannot wait for the command");
    return ended == watch->child;
}

/* 0 is never. */
static uint64_t earlier(uint64_t one, uint64_t other)
{
    return one == 0 || (other != 0 && other < one) ? other : one;
}

static int next_signal(struct watch *watch, siginfo_t *information)
{
    struct timespec timeout = {.tv_sec = 0};
    uint64_t until = earlier(earlier(watch->deadline, watch->first_look), watch->answer_until);
    if (until != 0)
        timeout = left(until);
    const struct timespec *patience = until != 0 ? &timeout : NULL;
    return watch->relay != NULL ? relay_wait(watch->relay, information, patience)
                                : signals_wait(information, patience);
}

/* As `nohup` has it: the command is to go on when nobody is at the terminal any more. */
static bool hangups_are_ignored(void)
{
    struct sigaction action;
    return sigaction(SIGHUP, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

/* Whoever was at the terminal has gone; what does not go with them is ended. */
static void hang_up(struct watch *watch)
{
    if (watch->relay != NULL && watch->relay->hung_up && !hangups_are_ignored())
        watch->deadline = after(HANGUP_GRACE);
}

static void pass_on(struct watch *watch, int signal)
{
    watch->outcome.passed_on = signal;
    if (signal == SIGHUP)
        hang_up(watch);
    if (signal == SIGTSTP && watch->relay == NULL)
        job_stop_without_terminal(watch->child);
    else if (signal == SIGTSTP)
        job_ask_to_stop(watch->relay);
    else
        send(watch->child, signal);
}

/* It is put off until all is handed over. */
static void look_at_mounts(struct watch *watch)
{
    if (watch->first_look == 0 || clock_now() < watch->first_look)
        return;
    remount_begin(watch->run);
    uint64_t patience = remount_patience();
    watch->first_look = patience == 0 ? 0 : after(patience);
}

static void wait_for_end(struct watch *watch, int report)
{
    for (;;) {
        siginfo_t information;
        int signal = next_signal(watch, &information);
        if (signal == SIGCHLD && has_ended(watch)) {
            gateway_look(watch->run); /* what came with the end */
            if (watch->relay != NULL)
                ask_remark(watch->relay);
            return;
        }
        if (signal == SIGURG) {
            status_look(watch->run);
            copies_refresh(watch->run);
            remount_look(watch->run);
            join_pass_on(watch->run, report);
            gateway_look(watch->run);
        }
        if (watch->relay != NULL)
            watch->answer_until = ask_look(watch->run, watch->relay, clock_now, ANSWER_PATIENCE);
        if (signal != 0 && signals_forward(&information, watch->run->start.own_session))
            pass_on(watch, signal);
        if (watch->deadline != 0 && clock_now() >= watch->deadline)
            time_is_up(watch);
        look_at_mounts(watch);
    }
}

/* A time limit ends every process; where nothing else holds them together, they are made our children. */
static bool supervisor_adopts(const struct run *run)
{
    return run->limits.time != 0 && run->cgroup.at < 0 && !run->pid_namespace;
}

void supervisor_prepare(const struct run *run)
{
    if (supervisor_adopts(run))
        orphans_adopt();
}

static struct watch begin(struct run *run, pid_t child)
{
    uint64_t start = clock_now();
    struct watch watch = {
        .run = run,
        .child = child,
        .start = start,
        .deadline = run->limits.time == 0 ? 0 : clock_later(start, run->limits.time),
        .first_look = remount_patience() == 0 ? 0 : clock_later(start, remount_patience()),
        .adopted = supervisor_adopts(run),
    };
    return watch;
}

/* What is still there ends before it is told what was used. */
static void finish(struct watch *watch, int report)
{
    watch->outcome.wall = clock_now() - watch->start;
    if (!WIFSIGNALED(watch->outcome.status))
        report_receive(report, &watch->outcome.status);
    cgroup_kill(watch->run);
    if (watch->adopted)
        orphans_kill();
    placeholders_remove();
    outcome_tell(watch->run, &watch->outcome);
}

/*
 * This process may be looked into, as any other one of its user's: that is how `ps` and `enter` know it, see join.h. What
 * keeps those inside from it keeps them from all the others as well.
 */
_Noreturn void supervise(struct run *run, pid_t child, int report)
{
    static struct relay relay;
    messages_set_action(NULL, 0);
    close_may_wait(false);
    processor_leave();
    signals_expect_command();
    run->child = child;
    status_begin(run);
    gateway_watch();
    struct watch watch = begin(run, child);
    if (run->terminal->there)
        relay_begin(watch.relay = &relay, run);
    wait_for_end(&watch, report);
    if (watch.relay != NULL)
        relay_end(&relay, !trial_failed());
    if (!run->probe && !trial_failed())
        finish(&watch, report);
    run_clean_up(run);
    ask_finish(run);
    if (run->channels.progress >= 0)
        close(run->channels.progress);
    trial_conclude();
    int status = watch.outcome.status;
    if (run->probe && WIFSIGNALED(status))
        messages_report(REPORT_KILLED, WTERMSIG(status));
    signals_end_like(status, watch.relay != NULL && WIFSIGNALED(status) && relay.key == WTERMSIG(status));
}
