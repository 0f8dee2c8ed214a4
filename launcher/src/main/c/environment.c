/* The command's environment and working directory. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "actions.h"
#include "kernel.h"
#include "messages.h"
#include "run.h"

void do_setenv(struct run *run, const struct operand *operands)
{
    (void)run;
    if (setenv(operands[0].data, operands[1].data, 1) < 0)
        die("cannot set the variable `%s`", operands[0].data);
}

void do_unsetenv(struct run *run, const struct operand *operands)
{
    (void)run;
    if (unsetenv(operands[0].data) < 0)
        die("cannot unset the variable `%s`", operands[0].data);
}

void do_clearenv(struct run *run, const struct operand *operands)
{
    (void)run;
    (void)operands;
    if (clearenv() != 0)
        die("cannot clear the environment");
}

/*
 * The path of where we are, or NULL when that is not below the root: then the kernel's answer, asked for without the C
 * library, does not start with a slash (CVE-2024-21626).
 */
static bool is_inside_root(void)
{
    char path[4096];
    long length = syscall(SYS_getcwd, path, sizeof path);
    return length > 0 && path[0] == '/';
}

static bool enter(const char *path)
{
    return path != NULL && chdir(path) == 0 && is_inside_root();
}

/* The hint with the directory in the place of `@cwd`. */
static const char *with_directory(const char *hint, const char *directory)
{
    static char text[8192];
    const char *word = strstr(hint, "@cwd");
    if (word == NULL || directory == NULL)
        return hint;
    snprintf(text, sizeof text, "%.*s%s%s", (int)(word - hint), hint, directory, word + strlen("@cwd"));
    return text;
}

void do_chdir(struct run *run, const struct operand *operands)
{
    const char *wanted = run->working_directory;
    const char *hint = operands[1].data;
    if (enter(wanted)) {
        run->moved = true;
        return;
    }
    run->moved = true;
    const char *fallback = run_path(run, &operands[0]);
    if (!enter(fallback)) {
        fallback = "/";
        if (!enter(fallback))
            die("cannot enter `/`");
    }
    say("working directory `%s` does not exist inside the sandbox; starting in `%s`%s%s%s",
        wanted != NULL ? wanted : "(unreachable)", fallback, *hint != '\0' ? " (" : "",
        with_directory(hint, wanted), *hint != '\0' ? ")" : "");
}
