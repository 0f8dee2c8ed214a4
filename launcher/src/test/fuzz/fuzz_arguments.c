/*
 * The key of a run. What can be read back from it has to be what went in: two runs that differ must not have one key.
 * Some of the strings are the arguments, the rest is the environment.
 */
#include "fuzz.h"

#include "kernel.h"
#include "key.h"

enum { MOST = 64 };

/* The value of the next line of this name, as it was before it was written into the key. */
static char *next_value(const char **at, const char *name)
{
    size_t length = strlen(name);
    while (*at != NULL && (strncmp(*at, name, length) != 0 || (*at)[length] != ' '))
        *at = strchr(*at, '\n') == NULL ? NULL : strchr(*at, '\n') + 1;
    if (*at == NULL)
        return NULL;
    const char *from = *at + length + 1;
    char *value = malloc(strlen(from) + 1), *to = value;
    if (value == NULL)
        abort();
    for (; *from != '\n'; from++) {
        holds(*from != '\0', "a line of the key ends");
        if (*from == '\\') {
            from++;
            holds(*from == 'n' || *from == '\\', "nothing else is written as a pair");
            *to++ = *from == 'n' ? '\n' : '\\';
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
    *at = from + 1;
    return value;
}

static void check_arguments(const char *key, char *const *arguments)
{
    const char *at = key;
    for (; *arguments != NULL; arguments++) {
        char *value = next_value(&at, "argument");
        holds(value != NULL && strcmp(value, *arguments) == 0, "an argument is in the key as it is");
        free(value);
    }
    char *more = next_value(&at, "argument");
    holds(more == NULL, "nothing else in the key is an argument");
}

static void check_variables(const char *key)
{
    const char *at = key;
    size_t own = 0, found = 0;
    char *value, *last = NULL;
    for (size_t i = 0; environ[i] != NULL; i++)
        own += strncmp(environ[i], "HEXE_", 5) == 0;
    for (; (value = next_value(&at, "variable")) != NULL; found++) {
        holds(last == NULL || strcmp(last, value) <= 0, "variables are in order");
        free(last);
        last = value;
    }
    free(last);
    holds(own == found, "each variable of ours is in the key");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *strings[MOST], *variables[MOST], **caller = environ;
    if (size < 1)
        return 0;
    char *copy = strings_of(data + 1, size - 1, strings, MOST);
    size_t count = 0, arguments = data[0] % MOST, others = 0;
    while (strings[count] != NULL)
        count++;
    for (size_t i = arguments < count ? arguments : count; i < count; i++)
        variables[others++] = strings[i];
    variables[others] = NULL;
    if (arguments < count)
        strings[arguments] = NULL;
    environ = variables;
    struct text key = key_build(strings);
    if (key.bytes != NULL) {
        check_arguments(key.bytes, strings);
        check_variables(key.bytes);
    }
    text_free(&key);
    environ = caller;
    free(copy);
    return 0;
}
