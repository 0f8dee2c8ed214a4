/* The step from one process to two: the child goes on with the plan, the launcher supervises it. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>

#include "actions.h"
#include "cgroup.h"
#include "closing.h"
#include "copies.h"
#include "fallback.h"
#include "guard.h"
#include "id_maps.h"
#include "job_control.h"
#include "kernel.h"
#include "messages.h"
#include "progress.h"
#include "remount.h"
#include "run.h"
#include "signals.h"
#include "terminal.h"

enum { SPAWN_INTO_CGROUP = 1 };

void do_time_limit(struct run *run, const struct operand *operands)
{
    run->limits.time = operands[0].number;
    run->limits.grace = operands[1].number;
}

/*
 * A cgroup namespace's root is where its maker is then. clone3 makes the namespace while the child still counts as being
 * in its parent's cgroup, so one is made only when the child is where it belongs.
 */
static void unshare_cgroup(void)
{
    if (syscall(SYS_unshare, CLONE_NEWCGROUP) < 0)
        die("cannot enter a new cgroup namespace");
}

/*
 * Without clone3, or where it cannot enter a cgroup: the child enters the cgroup by itself, through a file its parent
 * has opened.
 */
static pid_t clone_the_old_way(const struct run *run, uint64_t namespaces, bool into_cgroup)
{
    int processes = into_cgroup ? cgroup_open_processes(run) : -1;
    pid_t child = sys_clone((unsigned long)namespaces | SIGCHLD);
    if (child == 0 && into_cgroup)
        cgroup_enter(run, processes);
    if (processes >= 0)
        close(processes);
    return child;
}

static pid_t clone_child(const struct run *run, uint64_t namespaces, bool into_cgroup)
{
    struct clone_args arguments = {
        .flags = namespaces | (into_cgroup ? CLONE_INTO_CGROUP : 0),
        .exit_signal = SIGCHLD,
        .cgroup = into_cgroup ? (unsigned)run->cgroup.at : 0,
    };
    pid_t child = sys_clone3(&arguments);
    /* EPERM may be a container run-time's answer to a call it does not know; clone knows whether it is the host's. */
    if (child < 0 && (errno == ENOSYS || errno == E2BIG || errno == EPERM))
        return clone_the_old_way(run, namespaces, into_cgroup);
    return child;
}

/* `user mount pid`, for the message that they could not be made. */
static void name_namespaces(uint64_t namespaces, char *names, size_t size)
{
    static const struct {
        uint64_t flag;
        const char *name;
    } known[] = {
        {CLONE_NEWUSER, "user"}, {CLONE_NEWNS, "mount"},   {CLONE_NEWPID, "pid"},       {CLONE_NEWNET, "network"},
        {CLONE_NEWIPC, "ipc"},   {CLONE_NEWUTS, "uts"},    {CLONE_NEWCGROUP, "cgroup"}, {CLONE_NEWTIME, "time"},
    };
    size_t used = 0;
    names[0] = '\0';
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if ((namespaces & known[i].flag) != 0)
            used += (size_t)snprintf(names + used, size - used, "%s%s", used > 0 ? ", " : "", known[i].name);
    }
}

static const char *help_for_clone(int error)
{
    if (error == EPERM || error == EACCES)
        return "this host does not let you make such namespaces; `hexe-policy doctor` says which it has";
    if (error == ENOSPC || error == EUSERS)
        return "the host's limit of namespaces (/proc/sys/user) is reached, or namespaces are nested too deep";
    return NULL;
}

static _Noreturn void cannot_spawn(uint64_t namespaces)
{
    int error = errno;
    char names[80];
    name_namespaces(namespaces, names, sizeof names);
    errno = error;
    die_with_help(help_for_clone(error), "cannot start a process with namespaces of its own (%s)", names);
}

/*
 * A parent that died before the signal was asked for left the other end of this pipe closed. Its process id would not
 * tell: seen from a new pid namespace it is 0 in either case.
 */
static void die_with_parent(const int alive[2])
{
    struct pollfd parent = {.fd = alive[0]};
    if (sys_prctl(PR_SET_PDEATHSIG, SIGKILL, 0) < 0)
        die("cannot ask to die with the supervisor");
    close(alive[1]);
    if (poll(&parent, 1, 0) != 0)
        _exit(EXIT_NOTHING_RAN);
    close_later(alive[0]);
}

static void close_if_open(int descriptor)
{
    if (descriptor >= 0)
        close(descriptor);
}

void do_spawn(struct run *run, const struct operand *operands)
{
    int alive[2], report[2] = {-1, -1}, orders[2] = {-1, -1}, progress[2];
    uint64_t namespaces = operands[0].number;
    bool into_cgroup = (operands[1].number & SPAWN_INTO_CGROUP) != 0;
    uint64_t later = into_cgroup ? namespaces & CLONE_NEWCGROUP : 0;
    watch_close(run);
    signals_take_over();
    if (pipe2(alive, O_CLOEXEC | O_NONBLOCK) < 0)
        die("cannot make a pipe");
    if (run->init && socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, report) < 0)
        die("cannot make a socket to the first process");
    if (run->terminal->there)
        orders_open(orders);
    pty_open_outside(run);
    progress_open(run, progress);
    copies_open(run);
    remount_open(run);
    run->namespaces = namespaces;
    run->pid_namespace = (namespaces & CLONE_NEWPID) != 0;
    supervisor_prepare(run);
    struct record maps;
    int mapped[2] = {-1, -1};
    bool has_maps = id_maps_find(run->plan, &maps);
    if (has_maps && pipe2(mapped, O_CLOEXEC) < 0)
        die("cannot make a pipe");
    trial_before_spawn();
    pid_t child = clone_child(run, namespaces & ~later, into_cgroup);
    if (child < 0)
        cannot_spawn(namespaces);
    if (child == 0) {
        trial_in_child();
        messages_before_end(NULL); /* what was made outside is the supervisor's to remove */
        run->spawned = true;
        run->channels.report = report[1];
        run->channels.mapped = mapped[0];
        close_if_open(mapped[1]);
        run->channels.orders = orders[1];
        run->channels.progress = progress[1];
        progress_tell_failures(run);
        copies_enter(run);
        remount_enter();
        die_with_parent(alive);
        close_later(report[0]); /* the supervisor's ends, to which nobody here listens */
        close_if_open(orders[0]);
        close_later(progress[0]);
        if (later != 0)
            unshare_cgroup();
        progress_entered(run);
        return;
    }
    close_if_open(mapped[0]);
    if (has_maps)
        id_maps_write(run, &maps, child, mapped[1]);
    trial_in_supervisor();
    copies_supervise(run);
    remount_supervise();
    run->channels.mailbox = alive[0]; /* the other end stays open as well: `enter` opens it a second time */
    close_if_open(report[1]);
    close_if_open(orders[1]);
    run->channels.orders = orders[0];
    pty_forget(run);
    close_if_open(progress[1]);
    run->channels.progress = progress[0];
    supervise(run, child, report[0]);
}
