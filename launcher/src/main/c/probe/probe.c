/* Tries plans, each in a child of its own, and says how far each one got. */
#include "probe.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "input.h"
#include "kernel.h"
#include "messages.h"
#include "opcodes.h"
#include "run.h"

enum { PROBE_INPUT_MAXIMUM = 64 << 20 };

_Noreturn void probe_finish(struct run *run)
{
    messages_report(REPORT_OK, run->value);
    run_clean_up(run);
    _exit(0);
}

static void print_line(const char *line)
{
    size_t length = strlen(line);
    if (write(STDOUT_FILENO, line, length) != (ssize_t)length)
        die("cannot write the answer");
}

/* A name where there is one, else the number. */
static const char *name_or_number(const char *name, int64_t number, char buffer[24])
{
    snprintf(buffer, 24, "%lld", (long long)number);
    return name != NULL ? name : buffer;
}

static const char *action_at(const struct plan *plan, uint32_t index)
{
    struct plan_cursor cursor = plan_start(plan);
    struct record record;
    while (plan_next(&cursor, &record)) {
        if (record.index == index)
            return record.opcode->name;
    }
    return "plan";
}

static void print_report(const struct plan *plan, const struct report *report)
{
    char line[160], number[24];
    if (report->kind == REPORT_OK)
        snprintf(line, sizeof line, "ok %lld\n", (long long)report->value);
    else if (report->kind == REPORT_KILLED)
        snprintf(line, sizeof line, "killed %s\n",
                 name_or_number(signal_name((int)report->value), report->value, number));
    else
        snprintf(line, sizeof line, "fail %u %s %s\n", report->record, action_at(plan, report->record),
                 name_or_number(error_name((int)report->value), report->value, number));
    print_line(line);
}

static void print_part(const struct report *report)
{
    char line[32];
    snprintf(line, sizeof line, "part %lld\n", (long long)report->value);
    print_line(line);
}

/* The first report on the end counts. Reading on to the end waits for every process of the probe. */
static struct report collect(int descriptor, pid_t child)
{
    struct report first = {.kind = 0}, report;
    ssize_t got;
    int status;
    while ((got = read(descriptor, &report, sizeof report)) > 0 || (got < 0 && errno == EINTR)) {
        if (got != (ssize_t)sizeof report || first.kind != 0)
            continue;
        if (report.kind == REPORT_PART)
            print_part(&report);
        else
            first = report;
    }
    if (waitpid(child, &status, 0) != child)
        die("cannot wait for a probe");
    if (first.kind == 0 && WIFSIGNALED(status))
        first = (struct report){.kind = REPORT_KILLED, .value = WTERMSIG(status)};
    if (first.kind == 0)
        first = (struct report){.kind = REPORT_FAILED, .value = EPROTO};
    return first;
}

static void try_plan(const struct plan *plan)
{
    int pipe_ends[2];
    if (pipe2(pipe_ends, O_CLOEXEC) < 0)
        die("cannot make a pipe");
    pid_t child = sys_clone(SIGCHLD);
    if (child < 0)
        die("cannot start a probe");
    if (child == 0) {
        close(pipe_ends[0]);
        messages_report_to(pipe_ends[1]);
        run_plan(plan, NULL, true);
    }
    close(pipe_ends[1]);
    struct report report = collect(pipe_ends[0], child);
    close(pipe_ends[0]);
    print_report(plan, &report);
}

_Noreturn void probe_main(void)
{
    struct input input = input_read(STDIN_FILENO, PROBE_INPUT_MAXIMUM, "standard input");
    size_t offset = 0;
    while (offset < input.length) {
        struct plan plan;
        char error[PLAN_ERROR];
        size_t length = plan_length(input.bytes + offset, input.length - offset);
        if (length == 0 || length > input.length - offset)
            refuse("byte %zu of the standard input does not begin a plan", offset);
        if (!plan_read(&plan, input.bytes + offset, length, error) || !plan_check_rules(&plan, true, error))
            refuse("cannot use the plan at byte %zu of the standard input: %s", offset, error);
        try_plan(&plan);
        offset += length;
    }
    _exit(0);
}
