/* The cgroup of one run: made before the command and entered by it; cgroup_end.c ends what is in it and removes it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/vfs.h>
#include <time.h>

#include "actions.h"
#include "cgroup.h"
#include "kernel.h"
#include "messages.h"
#include "run.h"
#include "signals.h"

enum { WRITE_SKIP_MISSING = 1, LOCK_ATTEMPTS = 100 };

static void require_cgroup2(int directory, const char *path)
{
    struct statfs status;
    if (fstatfs(directory, &status) < 0)
        die("cannot examine `%s`", path);
    if ((unsigned long)status.f_type != CGROUP2_SUPER_MAGIC)
        refuse("`%s` is not in a cgroup v2 file system", path);
}

static int open_parent(const struct run *run, const struct operand *operand)
{
    bool scope = operand->data[0] == '@';
    int parent = cgroup_open(scope ? run->cgroup.scope : AT_FDCWD, scope ? "." : operand->data, 0);
    if (parent < 0)
        die("cannot open the cgroup `%s`", operand->data);
    require_cgroup2(parent, operand->data);
    return parent;
}

/*
 * Shared with other launchers that make a cgroup here, and against one that collects: a directory that has been made
 * and is not locked yet must not be taken for a stale one. Somebody who may open the directory could hold the lock for
 * ever; nobody waits that long.
 */
static void lock_parent(int parent)
{
    const struct timespec pause = {.tv_nsec = 1000000};
    for (int attempt = 0; attempt < LOCK_ATTEMPTS && flock(parent, LOCK_SH | LOCK_NB) < 0; attempt++)
        nanosleep(&pause, NULL);
}

/* The mode keeps other users from opening the directory, and so from locking it. */
void do_cgroup_create(struct run *run, const struct operand *operands)
{
    char random[17];
    signals_take_over(); /* from here on there is something to clean up */
    run->cgroup.parent = open_parent(run, &operands[0]);
    cgroup_collect(run->cgroup.parent, operands[1].data, "");
    random_name(random);
    int length = snprintf(run->cgroup.name, RUN_NAME, "%s%d-%s", operands[1].data, (int)getpid(), random);
    if (length >= RUN_NAME)
        refuse("the name of the cgroup is too long");
    lock_parent(run->cgroup.parent);
    if (mkdirat(run->cgroup.parent, run->cgroup.name, 0700) < 0)
        die("cannot make a cgroup in `%s`", operands[0].data);
    run->cgroup.at = cgroup_open(run->cgroup.parent, run->cgroup.name, O_NOFOLLOW);
    if (run->cgroup.at < 0) {
        int error = errno;
        unlinkat(run->cgroup.parent, run->cgroup.name, AT_REMOVEDIR);
        errno = error;
    }
    if (run->cgroup.at < 0 || flock(run->cgroup.at, LOCK_EX | LOCK_NB) < 0)
        die("cannot open the new cgroup");
    flock(run->cgroup.parent, LOCK_UN);
}

void do_cgroup_write(struct run *run, const struct operand *operands)
{
    if (cgroup_write(run->cgroup.at, operands[0].data, operands[1].data) == 0)
        return;
    if (errno != ENOENT || (operands[2].number & WRITE_SKIP_MISSING) == 0)
        die("cannot write `%s` into `%s` of the cgroup", operands[1].data, operands[0].data);
}

/* `memory` in `cpu memory pids`. */
static bool has_word(const char *words, const char *word, size_t length)
{
    for (const char *found = words; (found = strstr(found, word)) != NULL; found += length) {
        if ((found == words || found[-1] == ' ') && strchr(" \n", found[length]) != NULL)
            return true;
    }
    return false;
}

/* EBUSY: the cgroup has processes of its own, and only the root may have both processes and controllers below. */
static void enable(int parent, const char *path, const char *controller)
{
    char request[64];
    snprintf(request, sizeof request, "+%s", controller);
    if (cgroup_write(parent, "cgroup.subtree_control", request) == 0)
        return;
    die_with_help(errno == EBUSY ? "a cgroup with processes in it cannot have controllers below it; move them into a "
                                   "cgroup of their own below it"
                                 : NULL,
                  "cannot enable the controller `%s` below `%s`", controller, path);
}

void do_cgroup_enable(struct run *run, const struct operand *operands)
{
    char wanted[256], enabled[512] = "", *position = NULL;
    int parent = open_parent(run, &operands[0]);
    if (operands[1].length >= sizeof wanted)
        refuse("too many controllers");
    memcpy(wanted, operands[1].data, operands[1].length + 1);
    cgroup_read(parent, "cgroup.subtree_control", enabled, sizeof enabled);
    for (char *name = strtok_r(wanted, " ", &position); name != NULL; name = strtok_r(NULL, " ", &position)) {
        if (!has_word(enabled, name, strlen(name)))
            enable(parent, operands[0].data, name);
    }
    close(parent);
}

int cgroup_open_processes(const struct run *run)
{
    int processes = openat(run->cgroup.at, "cgroup.procs", O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
    if (processes < 0)
        die("cannot open the cgroup's list of processes");
    return processes;
}

void cgroup_enter(const struct run *run, int processes)
{
    if (write(processes, "0", 1) != 1)
        die("cannot enter the cgroup `%s`", run->cgroup.name);
}
