/* What a plan does to the environment: filtering by patterns, and mending variables that lead nowhere. */
#include "fuzz.h"

#include <fnmatch.h>

#include "actions.h"
#include "kernel.h"
#include "run.h"

enum { MOST = 64, LONGEST = 40, OTHERS = 3 };

/* A pattern in the C library's words, in which `*` alone is special. */
static int fits(const char *pattern, size_t length, const char *name)
{
    char escaped[2 * LONGEST + 1];
    size_t used = 0;
    for (size_t i = 0; i < length; i++) {
        if (strchr("?[]\\", pattern[i]) != NULL)
            escaped[used++] = '\\';
        escaped[used++] = pattern[i];
    }
    escaped[used] = '\0';
    return fnmatch(escaped, name, 0) == 0;
}

static int fits_any(const char *patterns, const char *variable)
{
    char *name = strndup(variable, strcspn(variable, "="));
    int found = 0;
    if (name == NULL)
        abort();
    while (*patterns != '\0') {
        size_t length = strcspn(patterns, " ");
        found |= length > 0 && fits(patterns, length, name);
        patterns += length + (patterns[length] == ' ');
    }
    free(name);
    return found;
}

/* What the compiler would not write, and what takes the patterns ages. */
static int is_usual(const char *patterns)
{
    size_t stars = 0;
    for (const char *at = patterns; *at != '\0'; at++) {
        stars += *at == '*';
        if ((unsigned char)*at >= 0x80)
            return 0;
    }
    return stars <= 4 && strlen(patterns) < LONGEST;
}

static void filter(const char *removed, const char *spared, char **strings, size_t count)
{
    char *variables[MOST];
    size_t left = 0;
    const struct operand operands[] = {{.data = removed, .length = strlen(removed)},
                                       {.data = spared, .length = strlen(spared)}};
    memcpy(variables, strings, (count + 1) * sizeof *variables);
    environ = variables;
    do_filter_environment(NULL, operands);
    for (size_t i = 0; i < count; i++) {
        int stays = !fits_any(removed, strings[i]) || fits_any(spared, strings[i]);
        holds(!stays || variables[left] == strings[i], "a variable stays where no pattern, or a second one, means it");
        left += (size_t)stays;
    }
    holds(variables[left] == NULL, "a variable goes where a pattern means it");
}

/* For it, the environment is the C library's own. */
static void mend(const char *names, char **strings, size_t count)
{
    static char instead[] = "/nowhere";
    const struct operand operands[] = {{.data = names, .length = strlen(names)},
                                       {.data = instead, .length = strlen(instead)}};
    environ = NULL;
    for (size_t i = 0; i < count; i++) {
        char *value = strchr(strings[i], '=');
        if (value == NULL || value == strings[i])
            continue;
        *value = '\0';
        setenv(strings[i], value + 1, 1);
    }
    do_mend_variables(NULL, operands);
    do_temporary_directory(NULL, operands);
    clearenv();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *strings[MOST], **caller = environ;
    char *copy = strings_of(data, size, strings, MOST);
    size_t count = 0;
    while (strings[count] != NULL)
        count++;
    for (size_t i = OTHERS; i < count; i++) {
        if (strlen(strings[i]) > LONGEST)
            count = 0;
        for (char *at = count == 0 ? "" : strings[i]; *at != '\0'; at++) {
            if ((unsigned char)*at >= 0x80)
                *at = 'x';
        }
    }
    if (count >= OTHERS && is_usual(strings[0]) && is_usual(strings[1])) {
        filter(strings[0], strings[1], strings + OTHERS, count - OTHERS);
        mend(strings[2], strings + OTHERS, count - OTHERS);
    }
    environ = caller;
    free(copy);
    return 0;
}
