/* The cgroup of one run: made before the command, entered by it, and removed by the supervisor. */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/vfs.h>
#include <time.h>

#include "actions.h"
#include "kernel.h"
#include "messages.h"
#include "run.h"
#include "signals.h"

enum { WRITE_SKIP_MISSING = 1, REMOVE_ATTEMPTS = 2000 };

static int open_directory(int directory, const char *path, int flags)
{
    return openat(directory, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | flags);
}

/*
 * A supervisor that was killed leaves its directory behind. Its process is gone and so is its lock (the process alone
 * would not tell: it may live in another pid namespace), and removing it takes nothing from anyone: only a directory
 * without processes can be removed.
 */
static void collect(int parent, const char *name, const char *prefix)
{
    char *end;
    long owner = strtol(name + strlen(prefix), &end, 10);
    if (owner <= 0 || *end != '-' || kill((pid_t)owner, 0) == 0 || errno != ESRCH)
        return;
    int directory = open_directory(parent, name, O_NOFOLLOW);
    if (directory < 0)
        return;
    if (flock(directory, LOCK_EX | LOCK_NB) == 0)
        unlinkat(parent, name, AT_REMOVEDIR);
    close(directory);
}

static void collect_stale(int parent, const char *prefix)
{
    int copy = open_directory(parent, ".", 0);
    DIR *listing = copy < 0 ? NULL : fdopendir(copy);
    struct dirent *entry;
    if (listing == NULL)
        return;
    while ((entry = readdir(listing)) != NULL) {
        if (strncmp(entry->d_name, prefix, strlen(prefix)) == 0)
            collect(parent, entry->d_name, prefix);
    }
    closedir(listing);
}

static void require_cgroup2(int directory, const char *path)
{
    struct statfs status;
    if (fstatfs(directory, &status) < 0)
        die("cannot examine `%s`", path);
    if ((unsigned long)status.f_type != CGROUP2_SUPER_MAGIC)
        refuse("`%s` is not in a cgroup v2 file system", path);
}

void do_cgroup_create(struct run *run, const struct operand *operands)
{
    const char *parent = operands[0].data;
    const char *prefix = operands[1].data;
    char random[17];
    signals_take_over(); /* from here on there is something to clean up */
    run->cgroup_parent = open_directory(AT_FDCWD, parent, 0);
    if (run->cgroup_parent < 0)
        die("cannot open the cgroup `%s`", parent);
    require_cgroup2(run->cgroup_parent, parent);
    collect_stale(run->cgroup_parent, prefix);
    random_name(random);
    int length = snprintf(run->cgroup_name, RUN_NAME, "%s%d-%s", prefix, (int)getpid(), random);
    if (length >= RUN_NAME)
        refuse("the name of the cgroup is too long");
    if (mkdirat(run->cgroup_parent, run->cgroup_name, 0755) < 0)
        die("cannot make a cgroup in `%s`", parent);
    run->cgroup = open_directory(run->cgroup_parent, run->cgroup_name, O_NOFOLLOW);
    if (run->cgroup < 0 || flock(run->cgroup, LOCK_EX | LOCK_NB) < 0)
        die("cannot open the new cgroup");
}

static int write_file(const struct run *run, const char *file, const char *value)
{
    int descriptor = openat(run->cgroup, file, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0)
        return -1;
    ssize_t written = write(descriptor, value, strlen(value));
    int error = errno;
    close(descriptor);
    errno = error;
    return written < 0 ? -1 : 0;
}

void do_cgroup_write(struct run *run, const struct operand *operands)
{
    if (write_file(run, operands[0].data, operands[1].data) == 0)
        return;
    if (errno != ENOENT || (operands[2].number & WRITE_SKIP_MISSING) == 0)
        die("cannot write `%s` into `%s` of the cgroup", operands[1].data, operands[0].data);
}

int cgroup_open_processes(const struct run *run)
{
    int processes = openat(run->cgroup, "cgroup.procs", O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
    if (processes < 0)
        die("cannot open the cgroup's list of processes");
    return processes;
}

void cgroup_enter(const struct run *run, int processes)
{
    if (write(processes, "0", 1) != 1)
        die("cannot enter the cgroup `%s`", run->cgroup_name);
}

/* For kernels before 5.14. What was not read, or forks meanwhile, is caught in the next round. */
static void kill_each(const struct run *run)
{
    char list[16384];
    int processes = openat(run->cgroup, "cgroup.procs", O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    ssize_t length = processes < 0 ? -1 : read(processes, list, sizeof list - 1);
    if (processes >= 0)
        close(processes);
    list[length > 0 ? length : 0] = '\0';
    char *last_line = strrchr(list, '\n'); /* behind it there may be half a number */
    if (last_line != NULL)
        *last_line = '\0';
    char *position = NULL;
    for (char *line = strtok_r(list, "\n", &position); line != NULL; line = strtok_r(NULL, "\n", &position)) {
        long process = last_line == NULL ? 0 : strtol(line, NULL, 10);
        if (process > 0)
            kill((pid_t)process, SIGKILL);
    }
}

void cgroup_kill(const struct run *run)
{
    if (run->cgroup >= 0 && write_file(run, "cgroup.kill", "1") < 0)
        kill_each(run);
}

/* Processes that were killed take a moment to leave. */
void cgroup_remove(struct run *run)
{
    const struct timespec pause = {.tv_nsec = 1000000};
    if (run->cgroup < 0)
        return;
    for (int attempt = 0; unlinkat(run->cgroup_parent, run->cgroup_name, AT_REMOVEDIR) < 0; attempt++) {
        if (errno != EBUSY || attempt == REMOVE_ATTEMPTS) {
            say("cannot remove the cgroup `%s`", run->cgroup_name);
            break;
        }
        cgroup_kill(run);
        nanosleep(&pause, NULL);
    }
    close(run->cgroup);
    run->cgroup = -1;
}
