#include "watcher.h"

#include <errno.h>
#include <linux/ptrace.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>

#include "calls.h"
#include "denied.h"
#include "failure.h"
#include "kernel.h"
#include "messages.h"
#include "observe.h"
#include "resources.h"
#include "signals.h"
#include "text.h"
#include "thread.h"
#include "watched.h"

enum { MOST_ERROR = 499 }; /* above are the kernel's own, for calls that are made again */

/* A child may be seen before the event that speaks of it; all but the process that was seized run the command. */
static struct thread *meet(pid_t id)
{
    struct thread *thread = thread_find(id);
    if (!thread->met) {
        thread->met = true;
        thread->runs = id != watcher.seized;
    }
    return thread;
}

static void entered(pid_t id)
{
    struct ptrace_syscall_info information;
    struct thread *thread = meet(id);
    thread->call = NULL;
    if (watched_trace(PTRACE_GET_SYSCALL_INFO, id, sizeof information, (unsigned long)&information) > 0 &&
        information.op == PTRACE_SYSCALL_INFO_SECCOMP) {
        thread->call = call_find(information.seccomp.nr);
        memcpy(thread->arguments, information.seccomp.args, sizeof thread->arguments);
    }
    bool wanted = thread->call != NULL &&
                  (thread->call->want == WANT_FILTER ? !thread->runs : thread->runs || thread->call->want == WANT_EXECUTE);
    watched_trace(wanted ? PTRACE_SYSCALL : PTRACE_CONT, id, 0, 0);
}

/* The launcher, which does not run the command yet, installs a filter that asks. */
static bool has_listener(const struct thread *thread, long result)
{
    return thread->call->want == WANT_FILTER && !thread->runs && result >= 0 &&
           (thread->arguments[1] & SECCOMP_FILTER_FLAG_NEW_LISTENER) != 0;
}

static void look_at_result(const struct thread *thread, long result)
{
    if (has_listener(thread, result))
        denied_take(thread->id, (int)result, thread->arguments[2]);
    else if (result < 0 && result >= -MOST_ERROR)
        failure_note(thread, (int)-result);
    else if (result >= 0 && watcher.uses)
        failure_note(thread, 0);
}

static void left(pid_t id)
{
    struct ptrace_syscall_info information;
    struct thread *thread = meet(id);
    if (thread->call != NULL &&
        watched_trace(PTRACE_GET_SYSCALL_INFO, id, sizeof information, (unsigned long)&information) > 0 &&
        information.op == PTRACE_SYSCALL_INFO_EXIT)
        look_at_result(thread, (long)information.exit.rval);
    thread->call = NULL;
    watched_trace(PTRACE_CONT, id, 0, 0);
    failure_compare();
}

static unsigned long event_message(pid_t id)
{
    unsigned long message = 0;
    watched_trace(PTRACE_GETEVENTMSG, id, 0, (unsigned long)&message);
    return message;
}

static void begun(pid_t id)
{
    bool runs = meet(id)->runs;
    pid_t child = (pid_t)event_message(id);
    if (child > 0 && !meet(child)->executed) /* it may have gone further than this event */
        meet(child)->runs = runs;
    watched_trace(PTRACE_CONT, id, 0, 0);
}

static void executed(pid_t id)
{
    pid_t before = (pid_t)event_message(id);
    if (before != id && before > 0)
        thread_forget(before);
    struct thread *thread = meet(id);
    if (watcher.uses && thread->runs)
        failure_note_program(id);
    thread->runs = thread->executed = true;
    thread->gains = program_gives_in_vain(id);
    thread->call = NULL;
    watched_trace(PTRACE_CONT, id, 0, 0);
}

static void ends(pid_t id)
{
    int status = (int)event_message(id);
    struct thread *thread = meet(id);
    bool killed = WIFSIGNALED(status) && (WTERMSIG(status) == SIGSYS || WTERMSIG(status) == SIGKILL);
    if (thread->runs && killed) /* others were seen when they came */
        failure_note_signal(id, WTERMSIG(status));
    if (thread->gains && status != 0)
        failure_note_gain(id, status);
    watched_trace(PTRACE_CONT, id, 0, 0);
}

/* The shell that has started this process waits for it, and not for the launcher. */
static void stop_with_launcher(void)
{
    kill(getpid(), SIGSTOP);
}

static bool is_stop(int number)
{
    return number == SIGSTOP || number == SIGTSTP || number == SIGTTIN || number == SIGTTOU;
}

static void stopped(pid_t id, int number)
{
    if (!is_stop(number)) {
        watched_trace(PTRACE_CONT, id, 0, 0);
        return;
    }
    watched_trace(PTRACE_LISTEN, id, 0, 0);
    if (id == watcher.launcher)
        stop_with_launcher();
}

/* The kernel's own: of SIGXFSZ it says that the process has sent it to itself. */
static bool is_of_limit(pid_t id, int number)
{
    siginfo_t information;
    if ((number != SIGXFSZ && number != SIGXCPU) || watched_trace(PTRACE_GETSIGINFO, id, 0, (unsigned long)&information) < 0)
        return false;
    return information.si_code == SI_KERNEL || (number == SIGXFSZ && information.si_code == SI_USER);
}

/* Who handles or ignores one that a limit sends gets it all the same. */
static void signalled(pid_t id, int number)
{
    if (is_of_limit(id, number))
        failure_note_signal(id, number);
    watched_trace(PTRACE_CONT, id, 0, (unsigned long)number);
}

static void handle_stop(pid_t id, int status)
{
    int number = WSTOPSIG(status);
    switch (status >> 16) {
    case PTRACE_EVENT_SECCOMP:
        entered(id);
        break;
    case PTRACE_EVENT_FORK:
    case PTRACE_EVENT_VFORK:
    case PTRACE_EVENT_CLONE:
        begun(id);
        break;
    case PTRACE_EVENT_EXEC:
        executed(id);
        break;
    case PTRACE_EVENT_EXIT:
        ends(id);
        break;
    case PTRACE_EVENT_STOP:
        stopped(id, number);
        break;
    default:
        if (number == (SIGTRAP | 0x80))
            left(id);
        else
            signalled(id, number);
    }
}

/* How the launcher has ended. */
static int watch(void)
{
    int status, result = 0;
    for (;;) {
        pid_t id = waitpid(-1, &status, __WALL | WUNTRACED);
        if (id < 0 && errno == EINTR)
            continue;
        if (id < 0)
            return result;
        if (WIFSTOPPED(status)) {
            if (id == watcher.launcher && id != watcher.seized)
                stop_with_launcher();
            else
                handle_stop(id, status);
            continue;
        }
        thread_forget(id);
        if (id == watcher.launcher) {
            result = status;
            watcher.launcher = 0;
            denied_end();
        }
    }
}

static void add_state(struct text *records)
{
    const char *problem = error_name(watcher.problem);
    text_add(records, "{\"watched\":%s,\"gaveUp\":%s,\"launcher\":%d,\"since\":%lld,\"problem\":\"%s\"}\n", watcher.seized != 0 ? "true" : "false",
             (watcher.traits & GIVES_UP) != 0 ? "true" : "false", watcher.started, (long long)watcher.since, watcher.problem == 0 || problem == NULL ? "" : problem);
}

static void add_limits(struct text *records)
{
    const struct limits_reached *limits = &watcher.limits;
    text_add(records, "{\"timeReached\":%s,\"memoryReached\":%s,\"memoryElsewhere\":%s,\"refusedForks\":%llu}\n",
             limits->time ? "true" : "false", limits->memory ? "true" : "false", limits->memory_elsewhere ? "true" : "false",
             (unsigned long long)limits->refused_forks);
}

static bool limits_are_reached(void)
{
    const struct limits_reached *limits = &watcher.limits;
    return limits->time || limits->memory || limits->refused_forks > 0;
}

static bool write_all(int file, const struct text *text)
{
    for (size_t at = 0; at < text->length;) {
        ssize_t written = write(file, text->bytes + at, text->length - at);
        if (written <= 0)
            return false;
        at += (size_t)written;
    }
    return true;
}

/* Java says which rule each of them was; how it is started is not known here. */
static void explain(const struct observation *observation, const struct text *records, int file)
{
    int descriptor = (int)syscall(SYS_memfd_create, "hexe-policy-refused", 0U);
    if (descriptor < 0 || !write_all(descriptor, records) || lseek(descriptor, 0, SEEK_SET) < 0) {
        say("cannot hand over what was refused");
        return;
    }
    observation->explain(observation->question, descriptor, file);
}

static void report(const struct observation *observation, int file)
{
    struct text records = {.bytes = NULL};
    add_state(&records);
    add_limits(&records);
    denied_write(&records);
    failure_write(&records);
    if (observation->notes) {
        if (!write_all(file, &records))
            say("cannot write down what was seen");
    } else if (file < 0 && watcher.seized != 0 && watcher.traits == 0 && !failure_is_refused() && !denied_any() && !limits_are_reached()) {
        say("nothing was seen to be refused because of the policy");
    } else {
        explain(observation, &records, file);
    }
}

_Noreturn void watcher_run(pid_t launcher, const struct observation *observation, int file)
{
    watcher.launcher = watcher.started = launcher;
    watcher.uses = observation->uses;
    watcher.since = time(NULL);
    watched_take_over_signals();
    watched_seize(0);
    int status = watch();
    watched_seize(0); /* what the supervisor has said in the end */
    bool ran = !WIFEXITED(status) || WEXITSTATUS(status) != EXIT_NOTHING_RAN || watcher.seized != 0;
    if (ran)
        report(observation, file);
    signals_end_like(status, false);
}
