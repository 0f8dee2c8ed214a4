/* Runs a command by a plan from the cache or, when there is none that fits, from the compiler. */
#include "apply.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cache.h"
#include "caller_limits.h"
#include "fallback.h"
#include "input.h"
#include "java.h"
#include "kernel.h"
#include "key.h"
#include "messages.h"
#include "observe.h"
#include "opcodes.h"
#include "process.h"
#include "processor.h"
#include "run.h"

static char **own_arguments, **command;

/* A plan is looked for with the inputs alone, and then, where what a site or a user configured depends on the
   command, with its first word as well. `key` is that of the plan that is used, or of the one to be kept. */
static struct text key, key_with_command;

static char **find(char **arguments, const char *word)
{
    for (; *arguments != NULL; arguments++) {
        if (strcmp(*arguments, word) == 0)
            return arguments;
    }
    return NULL;
}

/* A plan may name the command itself, as that of a float does. */
static void take_command(const struct plan *plan)
{
    if (command != NULL)
        return;
    size_t count = 0;
    struct record record;
    struct plan_cursor cursor = plan_start(plan);
    command = calloc(plan->records + 1, sizeof *command);
    if (command == NULL)
        die("cannot keep the command");
    while (plan_find(&cursor, OP_NOTE, &record)) {
        if (strcmp(record.operands[0].data, "command") == 0)
            command[count++] = (char *)(uintptr_t)record.operands[1].data;
    }
    if (count == 0)
        refuse("the plan names no command");
}

static const char *first_word(void)
{
    return command == NULL ? "" : command[0];
}

/* `again`: this process may have lost something that the key says it has, so the plan is for this run alone. */
static _Noreturn void compile_and_run(bool again)
{
    struct plan plan;
    struct timespec start;
    if (clock_gettime(CLOCK_REALTIME, &start) < 0)
        die("cannot read the clock");
    input_take_plan(&plan, java_compile(own_arguments, command == NULL ? NULL : command[0]));
    if (cache_is_for_command(&plan)) {
        cache_forget(&key); /* it was for any command, and would be looked at in vain */
        key = key_with_command;
    }
    if (cache_is_from_input(&plan))
        process_close_input();
    else if (!again)
        cache_keep(&plan, &key, start);
    take_command(&plan);
    run_plan(&plan, command, false);
}

static void forget(void)
{
    cache_forget(&key);
}

static const char *find_kept(struct plan *plan, const char *word)
{
    const char *problem = cache_find(plan, &key);
    if (problem == NULL)
        return NULL;
    key_with_command = key_of_command(&key, word);
    const char *other = cache_find(plan, &key_with_command);
    if (other == NULL)
        key = key_with_command;
    return other == NULL ? NULL : problem;
}

static void start_over(void)
{
    forget();
    compile_and_run(true);
}

/* `--why=FILE`, and what `learn` asks for: notes without Java's words, of what was refused, or of all that was used. */
static bool take_file(char *argument, struct observation *observation)
{
    static const struct {
        const char *option;
        bool notes, uses;
    } options[] = {{"--why=", false, false}, {"--why-notes=", true, false}, {"--why-uses=", true, true}};
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        size_t length = strlen(options[i].option);
        if (strncmp(argument, options[i].option, length) != 0)
            continue;
        observation->file = argument + length;
        observation->notes = options[i].notes;
        observation->uses = options[i].uses;
        return true;
    }
    return false;
}

/* `learn --json`: standard output is for the document. Inherited, for a file or pipe of somebody else cannot be opened. */
static void turn_output(void)
{
    if (dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
        die("cannot make standard error the standard output");
}

/* Takes `--why` and its like out of the arguments; true when there is one. */
static bool take_why(char **arguments, struct observation *observation)
{
    bool wanted = false;
    char **kept = arguments;
    for (; *arguments != NULL; arguments++) {
        if (take_file(*arguments, observation) || strcmp(*arguments, "--why") == 0)
            wanted = true;
        else if (strcmp(*arguments, "--why-output-to-stderr") == 0)
            turn_output();
        else
            *kept++ = *arguments;
    }
    *kept = NULL;
    return wanted;
}

/* `apply @NAME`: the plan may name a command. */
static bool names_float(char **arguments)
{
    for (; *arguments != NULL; arguments++) {
        if (**arguments == '@')
            return find(arguments, "--help") == NULL;
    }
    return false;
}

/* Without a command there is nothing to compile for: Java explains, or says what is missing. */
static _Noreturn void begin(char **arguments, bool observed)
{
    char **separator = find(arguments, "--");
    struct plan plan;
    bool named = separator == NULL && names_float(arguments + 1);
    if (!named && (separator == NULL || separator[1] == NULL))
        java_execute(arguments, -1);
    if (!named)
        *separator = NULL;
    if (find(arguments, "--help") != NULL)
        java_execute(arguments, -1);
    struct observation observation = {.question = arguments + 1, .explain = java_report};
    if (take_why(arguments + 1, &observation) || observed) {
        if (!observation.notes && find(arguments + 1, "-") != NULL)
            refuse_with_help("name a file", "the report reads the profile again, and standard input is read once");
        observe_start(&observation);
    }
    own_arguments = arguments;
    command = named ? NULL : separator + 1;
    processor_stay();
    caller_limits_raise();
    key = key_build(arguments);
    if (find_kept(&plan, first_word()) != NULL)
        compile_and_run(false);
    take_command(&plan);
    trial_begin(start_over, forget);
    run_plan(&plan, command, false);
}

_Noreturn void apply(char **arguments)
{
    begin(arguments, false);
}

/* Where a float opens depends on more than its arguments, so no plan of one is kept. */
_Noreturn void apply_float(char **arguments)
{
    struct plan plan;
    if (find(arguments, "--help") != NULL || find(arguments, "-h") != NULL)
        java_execute(arguments, -1);
    own_arguments = arguments;
    processor_stay();
    caller_limits_raise();
    input_take_plan(&plan, java_compile(own_arguments, NULL));
    take_command(&plan);
    run_plan(&plan, command, false);
}

_Noreturn void apply_observed(char **arguments)
{
    static char word[] = "apply";
    if (find(arguments, "--") == NULL)
        java_execute(arguments, -1);
    arguments[0] = word;
    begin(arguments, true);
}

_Noreturn void apply_explain(char **arguments)
{
    static char word[] = "apply";
    struct plan plan;
    char **separator = find(arguments, "--");
    if (separator != NULL)
        *separator = NULL;
    arguments[0] = word;
    key = key_build(arguments);
    const char *first = separator != NULL && separator[1] != NULL ? separator[1] : "";
    const char *problem = find_kept(&plan, first);
    const char *line = text_of("%s: %s\n", problem == NULL ? "hit" : "miss", problem == NULL ? cache_file(&key) : problem);
    if (write(STDOUT_FILENO, line, strlen(line)) < 0)
        die("cannot write the output");
    _exit(0);
}
