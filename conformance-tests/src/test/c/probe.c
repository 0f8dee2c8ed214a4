/*
 * Tries acts and prints what the kernel said to each, one line for each act: `ok`, or the name of the errno.
 *
 *     probe ACT ARGUMENT… , ACT ARGUMENT… , …
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "acts.h"

static const struct act *find_in(const struct act *acts, const char *name)
{
    for (; acts->name != NULL; acts++) {
        if (strcmp(acts->name, name) == 0)
            return acts;
    }
    return NULL;
}

static const struct act *find(const char *name)
{
    const struct act *const groups[] = {entry_acts,    file_acts,    kernel_acts,
                                        outsider_acts, process_acts, socket_acts};
    for (unsigned i = 0; i < sizeof groups / sizeof *groups; i++) {
        const struct act *act = find_in(groups[i], name);
        if (act != NULL)
            return act;
    }
    return NULL;
}

static void report(int error)
{
    const char *name = error == 0 ? "ok" : strerrorname_np(error);
    printf("%s\n", name != NULL ? name : "unknown");
    fflush(stdout);
}

int main(int count, char **arguments)
{
    for (int i = 1; i < count;) {
        const struct act *act = find(arguments[i]);
        int end = i + 1;
        while (end < count && strcmp(arguments[end], ",") != 0)
            end++;
        if (act == NULL || end - i - 1 != act->arguments) {
            fprintf(stderr, "probe: no act `%s` with %d arguments\n", arguments[i], end - i - 1);
            return 2;
        }
        report(act->try(arguments + i + 1));
        i = end + 1;
    }
    return 0;
}
