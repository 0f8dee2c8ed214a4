#include "acts.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernel.h"
#include "messages.h"

static const struct act *find_in(const struct act *acts, const char *name)
{
    for (; acts->name != NULL; acts++) {
        if (strcmp(acts->name, name) == 0)
            return acts;
    }
    return NULL;
}

const struct act *act_find(const char *name)
{
    const struct act *const groups[] = {file_acts,  view_acts,     process_acts, socket_acts, privilege_acts,
                                        mount_acts, terminal_acts, ipc_acts,     call_acts,   limit_acts,
                                        share_acts, system_acts, network_acts};
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        const struct act *act = find_in(groups[i], name);
        if (act != NULL)
            return act;
    }
    return NULL;
}

int act_result(long result)
{
    return result < 0 ? errno : 0;
}

int act_opened(int descriptor)
{
    int error = act_result(descriptor);
    if (descriptor >= 0)
        close(descriptor);
    return error;
}

uint64_t act_number(const char *text)
{
    return strtoull(text, NULL, 10);
}

/* Without a /tmp of its own a sandbox has a directory below it, and TMPDIR names it. */
static const char *temporary(void)
{
    const char *named = getenv("TMPDIR");
    return named != NULL && strncmp(named, "/tmp/", 5) == 0 ? named : "/tmp";
}

const char *act_path(const char *path)
{
    static char whole[4096];
    if (strncmp(path, "@tmp", 4) != 0)
        return path;
    snprintf(whole, sizeof whole, "%s%s", temporary(), path + 4);
    return whole;
}

static const char *directory_in(const char *parent)
{
    static char path[4096];
    if (parent == NULL)
        return NULL;
    snprintf(path, sizeof path, "%s/.hexe-verify-XXXXXX", parent);
    return mkdtemp(path);
}

const char *act_directory(void)
{
    const char *const parents[] = {temporary(), getenv("HOME"), "/dev/shm", "."};
    for (size_t i = 0; i < sizeof parents / sizeof *parents; i++) {
        const char *path = directory_in(parents[i]);
        if (path != NULL)
            return path;
    }
    return NULL;
}
