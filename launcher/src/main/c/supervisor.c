/* The process that stays outside: passes signals on, keeps the time, cleans up, and ends as the command ended. */
#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

#include "kernel.h"
#include "messages.h"
#include "run.h"
#include "signals.h"
#include "trial.h"

struct clock {
    uint64_t deadline; /* milliseconds; 0: none */
    bool terminated;   /* SIGTERM has been sent */
};

static uint64_t now(void)
{
    struct timespec time;
    if (clock_gettime(CLOCK_MONOTONIC, &time) < 0)
        die("cannot read the clock");
    return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000;
}

static uint64_t after(uint64_t milliseconds)
{
    uint64_t start = now();
    return milliseconds > UINT64_MAX - start ? UINT64_MAX : start + milliseconds;
}

static struct timespec left(const struct clock *clock)
{
    uint64_t time = now();
    uint64_t milliseconds = clock->deadline > time ? clock->deadline - time : 0;
    return (struct timespec){.tv_sec = (time_t)(milliseconds / 1000),
                             .tv_nsec = (long)(milliseconds % 1000) * 1000000};
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

static void time_is_up(const struct run *run, struct clock *clock, pid_t child)
{
    if (!clock->terminated) {
        say("the time limit of %llu ms is reached; ending the command", (unsigned long long)run->time_limit);
        clock->terminated = true;
        clock->deadline = after(run->grace);
        send(child, SIGTERM);
    } else {
        clock->deadline = 0;
        kill_tree(run, child);
    }
}

static bool has_ended(pid_t child, int *status)
{
    pid_t ended;
    do
        ended = waitpid(child, status, WNOHANG);
    while (ended < 0 && errno == EINTR);
    if (ended < 0)
        die("cannot wait for the command");
    return ended == child;
}

static int wait_for(const struct run *run, pid_t child)
{
    struct clock clock = {.deadline = run->time_limit == 0 ? 0 : after(run->time_limit)};
    int status;
    for (;;) {
        siginfo_t information;
        struct timespec timeout = {.tv_sec = 0};
        if (clock.deadline != 0)
            timeout = left(&clock);
        int signal = signals_wait(&information, clock.deadline != 0 ? &timeout : NULL);
        if (signal == SIGCHLD && has_ended(child, &status))
            return status;
        if (signal != 0 && signals_forward(&information, run->own_session))
            send(child, signal);
        if (clock.deadline != 0 && now() >= clock.deadline)
            time_is_up(run, &clock, child);
    }
}

_Noreturn void supervise(struct run *run, pid_t child)
{
    messages_set_action(NULL, 0);
    /* Nobody inside may look into the process outside. */
    if (sys_prctl(PR_SET_DUMPABLE, 0, 0) < 0) {
        kill_tree(run, child);
        die("cannot protect the supervisor");
    }
    int status = wait_for(run, child);
    run_clean_up(run);
    trial_conclude();
    if (run->probe && WIFSIGNALED(status))
        messages_report(REPORT_KILLED, WTERMSIG(status));
    _exit(signals_exit_status(status));
}
