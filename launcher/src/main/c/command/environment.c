/* The command's environment. */
#include "environment.h"

#include <stdlib.h>
#include <string.h>

#include "actions.h"
#include "kernel.h"
#include "messages.h"
#include "run.h"

/* A caller may hand over a name twice. The C library changes the first, and there are shells that take the last. */
bool variable_set(const char *name, const char *value)
{
    return unsetenv(name) == 0 && setenv(name, value, 1) == 0;
}

void do_setenv(struct run *run, const struct operand *operands)
{
    (void)run;
    if (!variable_set(operands[0].data, operands[1].data))
        die("cannot set the variable `%s`", operands[0].data);
}

void do_unsetenv(struct run *run, const struct operand *operands)
{
    (void)run;
    if (unsetenv(operands[0].data) < 0)
        die("cannot unset the variable `%s`", operands[0].data);
}

static bool matches(const char *pattern, size_t left, const char *name, size_t length)
{
    if (left == 0)
        return length == 0;
    if (pattern[0] != '*')
        return length > 0 && name[0] == pattern[0] && matches(pattern + 1, left - 1, name + 1, length - 1);
    for (size_t taken = 0; taken <= length; taken++) {
        if (matches(pattern + 1, left - 1, name + taken, length - taken))
            return true;
    }
    return false;
}

/* Whether one of the patterns, which spaces separate, means a variable; `*` stands for any part of its name. */
static bool matches_any(const char *patterns, const char *variable)
{
    size_t length = strcspn(variable, "=");
    for (const char *pattern = patterns; *pattern != '\0';) {
        size_t size = strcspn(pattern, " ");
        if (size > 0 && matches(pattern, size, variable, length))
            return true;
        pattern += size + (pattern[size] == ' ');
    }
    return false;
}

void do_filter_environment(struct run *run, const struct operand *operands)
{
    size_t left = 0;
    (void)run;
    for (size_t i = 0; environ != NULL && environ[i] != NULL; i++) {
        char *variable = environ[i];
        environ[i] = NULL;
        if (!matches_any(operands[0].data, variable) || matches_any(operands[1].data, variable))
            environ[left++] = variable;
    }
}

void do_clearenv(struct run *run, const struct operand *operands)
{
    (void)run;
    (void)operands;
    if (clearenv() != 0)
        die("cannot clear the environment");
}
