/*
 * What is said at the end: one line about a limit that was reached, one about what was used, and the same for programs.
 * The words and units are the plan's; see docs/plan-format.md.
 */
#include "outcome.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "actions.h"
#include "git_config.h"
#include "guard.h"
#include "hint.h"
#include "kernel.h"
#include "messages.h"
#include "observe.h"
#include "overlay.h"
#include "remount.h"
#include "signals.h"
#include "status.h"
#include "usage.h"

enum { LINE = 1024 };

/* What is known in the end. */
struct findings {
    const struct run *run;
    const struct outcome *outcome;
    struct usage usage;
    bool killed_for_memory, at_our_limit;
    uint64_t refused_forks;
    char signal[32]; /* the name of the one that ended the command, or empty */
};

void do_limit_text(struct run *run, const struct operand *operands)
{
    if (operands[0].number == 0 || operands[0].number >= RUN_LIMITS)
        refuse("there is no limit %llu", (unsigned long long)operands[0].number);
    run->limits.texts[operands[0].number] = operands[1].data;
}

void do_usage(struct run *run, const struct operand *operands)
{
    run->limits.usage_texts[0] = operands[0].data;
    run->limits.usage_texts[1] = operands[1].data;
}

static uint64_t events(int cgroup, const char *file, const char *key)
{
    uint64_t count = usage_event(cgroup, file, key);
    return count == USAGE_UNKNOWN ? 0 : count;
}

/* `oom` in the local file counts our limit alone; before 5.2 there is none, and those of cgroups below count as well. */
static bool reached_our_limit(int cgroup)
{
    uint64_t local = usage_event(cgroup, "memory.events.local", "oom");
    return local != USAGE_UNKNOWN ? local > 0 : events(cgroup, "memory.events", "oom") > 0;
}

static void name_signal(char name[32], int status)
{
    const char *known = WIFSIGNALED(status) ? signal_name(WTERMSIG(status)) : "";
    if (known != NULL)
        snprintf(name, 32, "%s", known);
    else
        snprintf(name, 32, "SIG%d", WTERMSIG(status));
}

static struct findings find(const struct run *run, const struct outcome *outcome)
{
    struct findings findings = {
        .run = run,
        .outcome = outcome,
        .usage = usage_measure(run->cgroup.at, &outcome->resources, outcome->wall),
        .killed_for_memory = events(run->cgroup.at, "memory.events", "oom_kill") > 0,
        .at_our_limit = reached_our_limit(run->cgroup.at),
        .refused_forks = events(run->cgroup.at, "pids.events", "max"),
    };
    name_signal(findings.signal, outcome->status);
    return findings;
}

static bool was_killed(const struct findings *findings)
{
    int status = findings->outcome->status;
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

static const char *cause(const struct findings *findings)
{
    if (findings->killed_for_memory && was_killed(findings))
        return findings->at_our_limit ? "memory-limit" : "out-of-memory";
    if (findings->outcome->timed_out)
        return "time-limit";
    return WIFSIGNALED(findings->outcome->status) ? "signal" : "exited";
}

/* Adds a part to the line, behind a semicolon unless it is the first. */
static void add(char line[LINE], const struct findings *findings, const char *prefix, const char *text,
                const char *suffix)
{
    char filled[LINE];
    size_t used = strlen(line);
    usage_fill(filled, sizeof filled, text, &findings->usage, findings->refused_forks, findings->signal);
    snprintf(line + used, LINE - used, "%s%s%s%s", used > 0 ? "; " : "", prefix, filled, suffix);
}

static void add_memory(char line[LINE], const struct findings *findings)
{
    const char *text = findings->run->limits.texts[LIMIT_MEMORY];
    if (!findings->killed_for_memory)
        return;
    if (text == NULL || !findings->at_our_limit)
        text = "for lack of memory, which is not this sandbox's limit";
    add(line, findings, was_killed(findings) ? "killed: " : "a process was killed: ", text, "");
}

static void add_time(char line[LINE], const struct findings *findings)
{
    const struct outcome *outcome = findings->outcome;
    const char *text = findings->run->limits.texts[LIMIT_TIME];
    if (outcome->timed_out)
        add(line, findings, WIFSIGNALED(outcome->status) ? "killed: " : "ended: ",
            text == NULL ? "the time limit is reached" : text, outcome->hard ? "; it did not end on SIGTERM" : "");
}

/* Not what the caller did, and not the end of a pipe that nobody reads any more. */
static void add_signal(char line[LINE], const struct findings *findings)
{
    const char *text = findings->run->limits.texts[LIMIT_SIGNAL];
    int status = findings->outcome->status;
    if (text != NULL && strcmp(cause(findings), "signal") == 0 && WTERMSIG(status) != findings->outcome->passed_on &&
        WTERMSIG(status) != SIGPIPE && WTERMSIG(status) != SIGINT)
        add(line, findings, "killed: ", text, "");
}

static void say_what_happened(const struct findings *findings)
{
    char line[LINE] = "";
    const char *processes = findings->run->limits.texts[LIMIT_PROCESSES];
    add_memory(line, findings);
    add_time(line, findings);
    add_signal(line, findings);
    if (processes != NULL && findings->refused_forks > 0)
        add(line, findings, "", processes, "");
    if (line[0] != '\0')
        say("%s", line);
}

static void say_what_was_used(const struct findings *findings)
{
    char line[LINE];
    const char *text = findings->run->limits.usage_texts[findings->usage.from_cgroup ? 0 : 1];
    if (text == NULL)
        return;
    usage_fill(line, sizeof line, text, &findings->usage, findings->refused_forks, findings->signal);
    say("%s", line);
}

static void write_status(const struct findings *findings)
{
    struct status_end end = {
        .cause = cause(findings),
        .signal = findings->signal,
        .refused_forks = findings->refused_forks,
        .usage = findings->usage,
    };
    if (findings->run->channels.status >= 0)
        status_ended(findings->run, findings->outcome->status, &end);
}

static void end_observation(const struct findings *findings)
{
    struct limits_reached limits = {
        .time = findings->outcome->timed_out,
        .memory = findings->killed_for_memory && findings->at_our_limit,
        .memory_elsewhere = findings->killed_for_memory && !findings->at_our_limit,
        .refused_forks = findings->refused_forks,
    };
    observe_end(&limits);
}

void outcome_tell(struct run *run, const struct outcome *outcome)
{
    struct findings findings = find(run, outcome);
    bool ran = status_command_ran(run, outcome->status);
    messages_after_command();
    say_what_happened(&findings);
    end_observation(&findings);
    watch_tell(run, git_is_placeholder);
    remount_end(run);
    git_config_tell(run);
    overlay_clean_up(run); /* what the kernel closed there would look as if the command had, and be opened for the search */
    git_data_tell(run);
    say_what_was_used(&findings);
    if (ran)
        hint_say(run, outcome->status);
    if (ran)
        write_status(&findings);
}
