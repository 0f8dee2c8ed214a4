/* Runs a command by a plan from the cache or, when there is none that fits, from the compiler. */
#include "apply.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cache.h"
#include "input.h"
#include "java.h"
#include "kernel.h"
#include "key.h"
#include "messages.h"
#include "run.h"
#include "trial.h"

static char **own_arguments, **command;
static struct text key;

static char **find(char **arguments, const char *word)
{
    for (; *arguments != NULL; arguments++) {
        if (strcmp(*arguments, word) == 0)
            return arguments;
    }
    return NULL;
}

/* `again`: this process may have lost something that the key says it has, so the plan is for this run alone. */
static _Noreturn void compile_and_run(bool again)
{
    struct plan plan;
    struct timespec start;
    if (clock_gettime(CLOCK_REALTIME, &start) < 0)
        die("cannot read the clock");
    input_take_plan(&plan, java_compile(own_arguments));
    if (!again)
        cache_keep(&plan, &key, start);
    run_plan(&plan, command, false);
}

static void forget(void)
{
    cache_forget(&key);
}

static void start_over(void)
{
    forget();
    compile_and_run(true);
}

/* Without a command there is nothing to compile for: Java explains, or says what is missing. */
_Noreturn void apply(char **arguments)
{
    char **separator = find(arguments, "--");
    struct plan plan;
    if (separator == NULL || separator[1] == NULL)
        java_execute(arguments, -1);
    *separator = NULL;
    if (find(arguments, "--help") != NULL)
        java_execute(arguments, -1);
    own_arguments = arguments;
    command = separator + 1;
    key = key_build(arguments);
    if (cache_find(&plan, &key) != NULL)
        compile_and_run(false);
    trial_begin(start_over, forget);
    run_plan(&plan, command, false);
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
    const char *problem = cache_find(&plan, &key);
    const char *line = text_of("%s: %s\n", problem == NULL ? "hit" : "miss", problem == NULL ? cache_file(&key) : problem);
    if (write(STDOUT_FILENO, line, strlen(line)) < 0)
        die("cannot write the output");
    _exit(0);
}
