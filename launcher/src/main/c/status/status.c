/*
 * The lines of the status and the object of --info-fd. What they say of the plan is the plan's own text; the rest is
 * what the supervisor knows: process ids, namespaces, and how far the sandbox has come.
 */
#include "status.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "actions.h"
#include "inherited.h"
#include "kernel.h"
#include "messages.h"
#include "opcodes.h"
#include "progress.h"
#include "signals.h"
#include "text.h"

static struct {
    pid_t command;
    uint64_t namespaces[PROGRESS_NAMESPACES];
    bool refused, warned, set_up, executes, ready, failed;
    int failed_with;
    char why[PROGRESS_TEXT];
} seen;

static const struct run *told_of;
static int opened_file = -1;

/* One write for each line; nobody has to read it. */
static void write_text(int descriptor, struct text *text)
{
    ssize_t ignored = write(descriptor, text->bytes, text->length);
    (void)ignored;
    text_free(text);
}

static void write_warnings(const struct run *run)
{
    struct text line = {.bytes = NULL};
    struct plan_cursor cursor = plan_start(run->plan);
    struct record record;
    const char *separator = "";
    if (seen.warned)
        return;
    seen.warned = true;
    text_add(&line, "{\"event\":\"setup-warnings\",\"warnings\":[");
    for (; plan_find(&cursor, OP_WARN, &record); separator = ",") {
        text_add(&line, "%s", separator);
        text_add_json(&line, record.operands[0].data);
    }
    text_add(&line, "]}\n");
    write_text(run->channels.status, &line);
}

static const char *stage(int status)
{
    if (seen.refused)
        return "compile";
    if (status == EXIT_NOT_FOUND || status == EXIT_NOT_EXECUTABLE)
        return "exec";
    return seen.set_up ? "block" : "set-up";
}

static void write_failure(const struct run *run, int status, const char *message)
{
    struct text line = {.bytes = NULL};
    if (run->channels.status < 0)
        return;
    write_warnings(run);
    text_add(&line, "{\"event\":\"failed\",\"stage\":\"%s\",\"status\":%d,\"message\":", stage(status), status);
    text_add_json(&line, message);
    text_add(&line, "}\n");
    write_text(run->channels.status, &line);
}

/* A failure of the launcher's own, outside. When the command may have run, the last line has to tell of it. */
static void tell_failure(int status, const char *message)
{
    if (!seen.executes)
        write_failure(told_of, status, message);
}

static void tell_from_here_on(struct run *run, int descriptor)
{
    run->channels.status = descriptor;
    told_of = run;
    messages_tell_failures(tell_failure);
}

void do_status_descriptor(struct run *run, const struct operand *operands)
{
    tell_from_here_on(run, inherited_take(operands[0].number, 0, "status"));
}

/*
 * A new file, made by nobody else: one that was there may be a link that somebody planted, or be read already. Only a
 * plan that is tried a second time finds it made, by the first try.
 */
void do_status_file(struct run *run, const struct operand *operands)
{
    const char *path = run_path(run, &operands[0]);
    if (opened_file < 0)
        opened_file = openat(AT_FDCWD, path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (opened_file < 0)
        die_with_help(errno == EEXIST ? "name a file that does not exist yet, or open it yourself and use `--status-fd`"
                                      : NULL,
                      "cannot make the status file `%s`", path);
    tell_from_here_on(run, opened_file);
}

void do_status_facts(struct run *run, const struct operand *operands)
{
    run->facts = operands[0].data;
}

/* The compiler has said it to people. */
void do_refuse(struct run *run, const struct operand *operands)
{
    seen.refused = true;
    write_failure(run, EXIT_NOTHING_RAN, operands[0].data);
    run_clean_up(run);
    _exit(EXIT_NOTHING_RAN);
}

/* `"user":4026531837,…`, those in `only`, with this behind the name. */
/* With a suffix as bubblewrap writes them, whose callers look for a space behind the colon. */
static void add_namespaces(struct text *text, const char *separator, const char *suffix, uint64_t only)
{
    const char *between = separator;
    for (unsigned i = 0; i < PROGRESS_NAMESPACES; i++) {
        uint64_t flag;
        const char *name = progress_namespace(i, &flag);
        if (seen.namespaces[i] == 0 || (only & flag) == 0)
            continue;
        text_add(text, *suffix == '\0' ? "%s\"%s%s\":%llu" : "%s\"%s%s\": %llu", between, name, suffix,
                 (unsigned long long)seen.namespaces[i]);
        between = *suffix == '\0' ? "," : ", ";
    }
}

static void write_started(const struct run *run)
{
    struct text line = {.bytes = NULL};
    write_warnings(run);
    text_add(&line, "{\"event\":\"started\",\"pid\":%d,\"supervisor\":%d,\"first_pid\":%d,\"namespaces\":{",
             (int)seen.command, (int)getpid(), (int)run->child);
    add_namespaces(&line, "", "", ~0ULL);
    text_add(&line, "}%s%s}\n", run->facts == NULL ? "" : ",", run->facts == NULL ? "" : run->facts);
    write_text(run->channels.status, &line);
}

/* The reader waits for the end of the file. */
static void write_information(struct run *run)
{
    struct text object = {.bytes = NULL};
    text_add(&object, "{\"child-pid\": %d", (int)run->child);
    add_namespaces(&object, ", ", "-namespace", run->namespaces);
    text_add(&object, "}\n");
    write_text(run->channels.info, &object);
    if (run->channels.info > STDERR_FILENO)
        close(run->channels.info);
    run->channels.info = -1;
}

static void is_set_up(struct run *run, pid_t command)
{
    seen.set_up = true;
    seen.command = command;
    if (run->channels.status >= 0)
        write_started(run);
    if (run->channels.info >= 0)
        write_information(run);
}

/* The command's process held the last copy of the other end: it executes the command, or has told why not, or is dead. */
static void is_closed(struct run *run)
{
    static const char line[] = "{\"event\":\"ready\"}\n";
    close(run->channels.progress);
    run->channels.progress = -1;
    seen.ready = seen.executes && !seen.failed;
    if (!seen.ready || run->channels.status < 0)
        return;
    ssize_t ignored = write(run->channels.status, line, sizeof line - 1);
    (void)ignored;
}

static void take(struct run *run, bool wait)
{
    struct progress progress;
    pid_t sender;
    while (run->channels.progress >= 0 && progress_take(run->channels.progress, wait, &progress, &sender)) {
        switch (progress.kind) {
        case PROGRESS_ENTERED:
            memcpy(seen.namespaces, progress.namespaces, sizeof seen.namespaces);
            break;
        case PROGRESS_SET_UP:
            is_set_up(run, sender);
            break;
        case PROGRESS_EXECUTES:
            seen.executes = true;
            break;
        case PROGRESS_FAILED:
            seen.failed = true;
            seen.failed_with = progress.status;
            memcpy(seen.why, progress.text, sizeof seen.why);
            break;
        default:
            is_closed(run);
        }
    }
}

void status_begin(struct run *run)
{
    if (run->channels.progress < 0)
        return;
    memset(&seen, 0, sizeof seen);
    take(run, false);
}

void status_look(struct run *run)
{
    take(run, false);
}

static void write_silent_failure(const struct run *run, int status)
{
    char message[80];
    const char *name = WIFSIGNALED(status) ? signal_name(WTERMSIG(status)) : NULL;
    snprintf(message, sizeof message, "%s ended the process before the command was executed",
             name == NULL ? "something" : name);
    write_failure(run, signals_exit_status(status), message);
}

bool status_command_ran(struct run *run, int status)
{
    bool watched = run->channels.progress >= 0 || seen.ready || seen.failed || seen.set_up;
    take(run, true);
    if (run->channels.status < 0 || !watched)
        return true;
    if (seen.failed)
        write_failure(run, seen.failed_with, seen.why);
    else if (!seen.ready)
        write_silent_failure(run, status);
    return seen.ready;
}

static void add_number(struct text *line, const char *key, uint64_t value)
{
    if (value != USAGE_UNKNOWN)
        text_add(line, ",\"%s\":%llu", key, (unsigned long long)value);
}

void status_ended(const struct run *run, int status, const struct status_end *end)
{
    struct text line = {.bytes = NULL};
    text_add(&line, "{\"event\":\"exited\",");
    if (WIFSIGNALED(status))
        text_add(&line, "\"signal\":\"%s\"", end->signal);
    else
        text_add(&line, "\"code\":%d", WEXITSTATUS(status));
    text_add(&line, ",\"cause\":\"%s\",\"refused_forks\":%llu,\"usage\":{\"source\":\"%s\"", end->cause,
             (unsigned long long)end->refused_forks, end->usage.from_cgroup ? "cgroup" : "wait4");
    add_number(&line, "memory_peak_bytes", end->usage.memory);
    add_number(&line, "cpu_us", end->usage.cpu);
    add_number(&line, "throttled_us", end->usage.throttled);
    add_number(&line, "processes_peak", end->usage.processes);
    add_number(&line, "wall_us", end->usage.wall);
    text_add(&line, "}}\n");
    write_text(run->channels.status, &line);
}
