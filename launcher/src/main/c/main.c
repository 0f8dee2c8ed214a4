/*
 * hexe-policy: the program on PATH. It executes plans by itself and leaves everything else to Java. It has no
 * configuration and makes no decision about policy.
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "apply.h"
#include "attempts.h"
#include "cache_directory.h"
#include "caller_limits.h"
#include "commit.h"
#include "dependencies.h"
#include "input.h"
#include "java.h"
#include "java_command.h"
#include "join.h"
#include "kernel.h"
#include "listing.h"
#include "messages.h"
#include "probe.h"
#include "process.h"
#include "processor.h"
#include "run.h"
#include "self.h"
#include "try.h"

static const char run_usage[] = "hexe-policy run PLAN -- COMMAND [ARGUMENT]…";

/* Where a rule of the site asks for the caller, the plan holds for the one that it was compiled for. */
static void require_caller_of_plan(const struct plan *plan)
{
    size_t length;
    const char *caller = plan_note(plan, "rules-of-caller", &length);
    if (caller != NULL && strcmp(caller, java_caller()) != 0)
        refuse_with_help("compile one of your own: `hexe-policy compile PROFILE -o FILE`",
                         "a rule of this site depends on who runs the command, and the plan was compiled for somebody else");
}

static _Noreturn void run_file(int count, char **arguments)
{
    struct plan plan;
    if (count == 6 && strcmp(arguments[3], "--attempts") == 0) {
        input_open_plan(&plan, arguments[2]);
        attempts_run(&plan, arguments[4], arguments[5]);
    }
    if (count == 3 && (strcmp(arguments[2], "--help") == 0 || strcmp(arguments[2], "-h") == 0))
        java_execute(arguments + 1, -1);
    if (count < 5 || strcmp(arguments[3], "--") != 0)
        refuse_with_help(run_usage, "`run` needs a plan, `--` and a command");
    processor_stay();
    caller_limits_raise();
    input_open_plan(&plan, arguments[2]);
    if (dependencies_lack_rules(&plan))
        refuse_with_help("compile it again: `hexe-policy compile PROFILE -o FILE`",
                         "this host has rules in `%s`, and the plan was not compiled under them", "/etc/hexe-policy/rules.d");
    require_caller_of_plan(&plan);
    const char *problem;
    cache_directory(true, &problem); /* what is there is kept from the command; what it could make would not be */
    run_plan(&plan, arguments + 4, false);
}

static _Noreturn void print_version(void)
{
    static const char line[] = "hexe-policy " HEXE_VERSION "\n";
    if (write(STDOUT_FILENO, line, sizeof line - 1) < 0)
        die("cannot write the version");
    _exit(0);
}

int main(int count, char **arguments)
{
    const char *command = count > 1 ? arguments[1] : "";
    const struct caller_ids *ids = process_caller_ids();
    if (ids->user != ids->effective_user || ids->group != ids->effective_group)
        refuse("this program must not be setuid or setgid");
    process_remember_caller();
    process_open_standard_descriptors();
    if (count == 2 && (strcmp(command, "--version") == 0 || strcmp(command, "-V") == 0))
        print_version();
    self_check();
    if (strcmp(command, "run") == 0)
        run_file(count, arguments);
    if (strcmp(command, "--probe") == 0 && count == 2)
        probe_main();
    if (strcmp(command, "apply") == 0)
        apply(arguments + 1);
    if (strcmp(command, "float") == 0)
        apply_float(arguments + 1);
    if (strcmp(command, "try") == 0) {
        try_begin(arguments + 1);
        apply(arguments + 1);
    }
    if (strcmp(command, "--changes") == 0 && count == 3)
        changes_print(arguments[2]);
    if (strcmp(command, "--commit") == 0 && count == 3)
        changes_commit(arguments[2]);
    if (strcmp(command, "--discard") == 0 && count == 3)
        changes_discard(arguments[2]);
    if (strcmp(command, "why") == 0)
        apply_observed(arguments + 1);
    if (strcmp(command, "enter") == 0 && count > 4 && strcmp(arguments[3], "--") == 0)
        join_enter(arguments[2], arguments + 4);
    if (strcmp(command, "cache") == 0 && count > 2 && strcmp(arguments[2], "why") == 0)
        apply_explain(arguments + 2);
    if (strcmp(command, "ps") == 0)
        list_sandboxes(arguments + 2);
    if (strcmp(command, "cache") == 0)
        list_plans(arguments + 2);
    java_execute(arguments + (count > 0 ? 1 : 0), -1);
}
