/* New file systems of kinds that a plan asks for, with the descriptor-based interface. */
#include <stdio.h>

#include "closing.h"
#include "kernel.h"
#include "messages.h"
#include "mounts.h"

static void set_option(int context, const char *type, const char *key, const char *value)
{
    if (sys_fsconfig(context, FSCONFIG_SET_STRING, key, value) < 0)
        die("cannot set `%s=%s` of a new %s", key, value, type);
}

static void set_options(int context, const struct filesystem *filesystem)
{
    char value[32];
    if (filesystem->type[0] == 't') {
        snprintf(value, sizeof value, "%llu", (unsigned long long)filesystem->size);
        if (filesystem->size != 0)
            set_option(context, "tmpfs", "size", value);
        snprintf(value, sizeof value, "%o", filesystem->mode);
        if (filesystem->mode != 01777) /* which it has else */
            set_option(context, "tmpfs", "mode", value);
    } else if (filesystem->type[0] == 'd') {
        set_option(context, "devpts", "ptmxmode", "0666");
        set_option(context, "devpts", "mode", "0620");
    }
}

int filesystem_make(const struct filesystem *filesystem)
{
    int context = sys_fsopen(filesystem->type);
    if (context < 0)
        die("cannot make a %s", filesystem->type);
    set_options(context, filesystem);
    if (sys_fsconfig(context, FSCONFIG_CMD_CREATE, NULL, NULL) < 0)
        die("cannot make a %s", filesystem->type);
    int mount = sys_fsmount(context, (unsigned)filesystem->attributes);
    if (mount < 0)
        die("cannot make a mount of a %s", filesystem->type);
    close_later(context);
    return mount;
}
