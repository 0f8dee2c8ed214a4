/* Carries out a plan from top to bottom; the first failure ends the process. */
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "actions.h"
#include "cgroup.h"
#include "fallback.h"
#include "kernel.h"
#include "messages.h"
#include "observe.h"
#include "overlay.h"
#include "paths.h"
#include "placeholder.h"
#include "process.h"
#include "run.h"
#include "signals.h"
#include "terminal.h"
#include "text.h"
#include "working_directory.h"

static struct run the_run;

void do_nothing(struct run *run, const struct operand *operands)
{
    (void)run;
    (void)operands;
}

void run_clean_up(struct run *run)
{
    cgroup_remove(run);
    private_directory_remove(run);
    overlay_clean_up(run);
    placeholders_remove();
}

static void clean_up_after_failure(void)
{
    run_clean_up(&the_run);
}

/* Warnings come first, so that they are read even when a later step fails. */
static void look_ahead(struct run *run)
{
    struct plan_cursor cursor = plan_start(run->plan);
    struct record record;
    while (plan_find(&cursor, OP_WARN, &record))
        say("%s", record.operands[0].data);
    cursor = plan_start(run->plan);
    run->start.own_job = plan_find(&cursor, OP_TERMINAL, &record);
    cursor = plan_start(run->plan);
    run->start.own_session = run->start.own_job || plan_find(&cursor, OP_NEW_SESSION, &record);
    cursor = plan_start(run->plan);
    run->init = plan_find(&cursor, OP_INIT, &record);
}

static void execute_all(struct run *run)
{
    struct plan_cursor cursor = plan_start(run->plan);
    struct record record;
    while (plan_next(&cursor, &record)) {
        messages_set_action(record.opcode->name, record.index);
        run->rest = cursor;
        trial_before(&record);
        if (run->channels.watcher >= 0 && record.opcode->stage >= STAGE_SECCOMP)
            observe_begin(run);
        record.opcode->execute(run, record.operands);
    }
    messages_set_action(NULL, record.index);
}

_Noreturn void run_plan(const struct plan *plan, char **command, bool probe)
{
    struct run *run = &the_run;
    *run = (struct run){
        .plan = plan,
        .command = command,
        .probe = probe,
        .working_directory = working_directory_path(),
        .root = {.at = -1, .covered = -1},
        .cgroup = {.parent = -1, .at = -1, .scope = -1},
        .own_directory = {.parent = -1},
        .channels = {.status = -1,
                     .info = -1,
                     .block = -1,
                     .sync = -1,
                     .mailbox = -1,
                     .connector = -1,
                     .unconnected = -1,
                     .watcher = observe_socket(),
                     .progress = -1,
                     .orders = -1,
                     .report = -1},
        .ruleset = -1,
    };
    paths_separate(plan);
    look_ahead(run);
    signals_of_jobs(run->start.own_job);
    terminal_find(run);
    process_clear_mask();
    messages_before_end(clean_up_after_failure);
    execute_all(run);
    if (probe)
        probe_finish(run);
    observe_begin(run);
    command_execute(run);
}

_Noreturn void run_refuse_lost_directory(void)
{
    trial_end();
    messages_set_action(NULL, 0);
    working_directory_refuse();
}

static const char *after_working_directory(const struct run *run, const char *rest)
{
    if (run->working_directory == NULL)
        run_refuse_lost_directory();
    /* `/` and `/rest` are `/rest`, not `//rest` */
    return text_lasting("%s%s", run->working_directory[1] == '\0' && rest[0] != '\0' ? "" : run->working_directory, rest);
}

const char *run_path(const struct run *run, const struct operand *operand)
{
    const char *path = operand->data;
    if (path[0] == '/')
        return path;
    if (path[1] == 'c')
        return after_working_directory(run, path + strlen("@cwd"));
    if (run->own_directory.path == NULL)
        refuse("there is no private directory for `%s`", path);
    return text_lasting("%s%s", run->own_directory.path, path + strlen("@private"));
}

bool run_is_whole_tree(const struct run *run, const struct operand *operand)
{
    const char *directory = run->working_directory;
    if (strcmp(operand->data, "@cwd") != 0 || directory == NULL || directory[1] != '\0')
        return false;
    say("the working directory is `/`, which is not handed over as a whole; start the command in another directory");
    return true;
}

/* The process is still in the caller's working directory: `.` cannot be swapped for something else meanwhile. */
const char *run_source(const struct run *run, const struct operand *operand)
{
    if (operand->data[0] == '@' && operand->data[1] == 'c' && !run->moved && run->working_directory != NULL)
        return text_lasting(".%s", operand->data + strlen("@cwd"));
    return run_path(run, operand);
}

void run_check_directory(const struct run *run, const struct operand *operand)
{
    if (strcmp(operand->data, "@cwd") != 0 || errno != EACCES)
        return;
    trial_end();
    messages_set_action(NULL, 0);
    errno = EACCES;
    working_directory_cannot_enter(run_name(run, operand));
}

const char *run_name(const struct run *run, const struct operand *operand)
{
    bool placed = operand->data[0] != '@' || (operand->data[1] == 'c' && run->working_directory != NULL);
    return placed ? run_path(run, operand) : operand->data;
}

void random_name(char name[17])
{
    unsigned char bytes[8];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        die("cannot get random bytes");
    for (size_t i = 0; i < sizeof bytes; i++)
        snprintf(name + 2 * i, 3, "%02x", bytes[i]);
}
