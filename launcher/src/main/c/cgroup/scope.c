/* A transient scope of systemd, for a cgroup where none is delegated otherwise. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>

#include "actions.h"
#include "cgroup.h"
#include "kernel.h"
#include "messages.h"
#include "run.h"
#include "signals.h"
#include "systemd.h"

static const char suffix[] = ".scope";

/* The directory of the scope, and the one it is in, whose stale scopes are collected on the way. */
static int open_scope(const char *mount, const char *prefix)
{
    char own[4096], path[4352];
    systemd_own_cgroup(own, sizeof own);
    snprintf(path, sizeof path, "%s%s", mount, own);
    int scope = cgroup_open(AT_FDCWD, path, 0);
    if (scope < 0 || flock(scope, LOCK_EX | LOCK_NB) < 0)
        die("cannot open the scope's cgroup `%s`", path);
    int slice = cgroup_open(scope, "..", 0);
    if (slice >= 0) {
        cgroup_collect(slice, prefix, suffix);
        close(slice);
    }
    return scope;
}

/* A cgroup that has controllers below it cannot have processes, so the launcher moves to a place of its own. */
static void make_room(int scope)
{
    if (mkdirat(scope, CGROUP_OF_SUPERVISOR, 0755) < 0)
        die("cannot make a cgroup in the scope");
    int own = cgroup_open(scope, CGROUP_OF_SUPERVISOR, O_NOFOLLOW);
    if (own < 0 || cgroup_write(own, "cgroup.procs", "0") < 0)
        die("cannot enter a cgroup in the scope");
    close(own);
}

void do_scope_create(struct run *run, const struct operand *operands)
{
    char random[17], unit[RUN_NAME];
    signals_take_over();
    random_name(random);
    const char *prefix = operands[2].data;
    if (snprintf(unit, sizeof unit, "%s%d-%s%s", prefix, (int)getpid(), random, suffix) >= (int)sizeof unit)
        refuse("the name of the scope is too long");
    systemd_start_scope(operands[0].data, unit);
    run->cgroup.scope = open_scope(operands[1].data, prefix);
    make_room(run->cgroup.scope);
}
