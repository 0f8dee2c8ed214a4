/* The end of a cgroup: of ours, and of those that launchers left behind which were killed. */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>

#include "cgroup.h"
#include "kernel.h"
#include "messages.h"
#include "run.h"

enum { REMOVE_ATTEMPTS = 2000, COLLECT_ATTEMPTS = 50, DEEPEST = 64, RANDOM_DIGITS = 16 };

static const struct timespec pause_between_attempts = {.tv_nsec = 1000000};

/* The first cgroup below a directory. */
static bool first_below(int directory, char name[NAME_MAX + 1])
{
    int copy = cgroup_open(directory, ".", 0);
    DIR *listing = copy < 0 ? NULL : fdopendir(copy);
    struct dirent *entry = NULL;
    while (listing != NULL && (entry = readdir(listing)) != NULL) {
        if (entry->d_type == DT_DIR && entry->d_name[0] != '.')
            break;
    }
    if (entry != NULL)
        strncpy(name, entry->d_name, NAME_MAX);
    name[NAME_MAX] = '\0';
    if (listing != NULL)
        closedir(listing);
    return entry != NULL;
}

/* The command may have taken its own right to list a cgroup it made. */
static int open_whatever_the_mode(int parent, const char *name)
{
    int directory = cgroup_open(parent, name, O_NOFOLLOW);
    if (directory >= 0 || errno != EACCES || fchmodat(parent, name, 0700, 0) < 0)
        return directory;
    return cgroup_open(parent, name, O_NOFOLLOW);
}

/* Removes one cgroup that has none below it. However deep that is, two descriptors are enough. */
static bool remove_deepest(int parent, char name[NAME_MAX + 1])
{
    char below[NAME_MAX + 1];
    int directory = fcntl(parent, F_DUPFD_CLOEXEC, 0);
    int child;
    while ((child = open_whatever_the_mode(directory, name)) >= 0 && first_below(child, below)) {
        close(directory);
        directory = child;
        memcpy(name, below, sizeof below);
    }
    bool removed = unlinkat(directory, name, AT_REMOVEDIR) == 0;
    int error = errno;
    if (child >= 0)
        close(child);
    close(directory);
    errno = error;
    return removed;
}

static bool remove_below(int directory)
{
    char name[NAME_MAX + 1];
    while (first_below(directory, name)) {
        if (!remove_deepest(directory, name))
            return false;
    }
    return true;
}

/* For kernels before 5.14. What was not read, or forks meanwhile, is caught in the next round. */
static void kill_each(int directory, int depth)
{
    char list[4096], *position = NULL;
    if (cgroup_read(directory, "cgroup.procs", list, sizeof list)) {
        char *last_line = strrchr(list, '\n'); /* behind it there may be half a number */
        if (last_line != NULL)
            *last_line = '\0';
        for (char *line = strtok_r(list, "\n", &position); line != NULL; line = strtok_r(NULL, "\n", &position)) {
            int process = last_line == NULL ? 0 : atoi(line);
            if (process > 0)
                kill(process, SIGKILL);
        }
    }
    int copy = depth == DEEPEST ? -1 : cgroup_open(directory, ".", 0);
    DIR *listing = copy < 0 ? NULL : fdopendir(copy);
    struct dirent *entry;
    while (listing != NULL && (entry = readdir(listing)) != NULL) {
        int below = entry->d_type != DT_DIR || entry->d_name[0] == '.'
                        ? -1
                        : open_whatever_the_mode(directory, entry->d_name);
        if (below >= 0) {
            kill_each(below, depth + 1);
            close(below);
        }
    }
    if (listing != NULL)
        closedir(listing);
}

static void kill_all(int directory)
{
    if (cgroup_write(directory, "cgroup.kill", "1") < 0)
        kill_each(directory, 0);
}

/* Processes that were killed take a moment to leave. */
static bool finish(int parent, const char *name, int directory, int attempts)
{
    for (int attempt = 0; !remove_below(directory) || unlinkat(parent, name, AT_REMOVEDIR) < 0; attempt++) {
        if (errno == ENOENT)
            return true;
        if (errno != EBUSY || attempt == attempts)
            return false;
        kill_all(directory);
        nanosleep(&pause_between_attempts, NULL);
    }
    return true;
}

void cgroup_kill(const struct run *run)
{
    if (run->cgroup.at >= 0)
        kill_all(run->cgroup.at);
}

void cgroup_remove(struct run *run)
{
    if (run->cgroup.at < 0)
        return;
    if (!finish(run->cgroup.parent, run->cgroup.name, run->cgroup.at, REMOVE_ATTEMPTS))
        say("cannot remove the cgroup `%s`", run->cgroup.name);
    close(run->cgroup.at);
    run->cgroup.at = -1;
}

/* PREFIXPID-RANDOMSUFFIX */
static bool is_ours(const char *name, const char *prefix, const char *suffix)
{
    size_t length = strlen(prefix);
    if (strncmp(name, prefix, length) != 0)
        return false;
    name += length;
    size_t digits = strspn(name, "0123456789");
    if (digits == 0 || name[digits] != '-')
        return false;
    name += digits + 1;
    return strspn(name, "0123456789abcdef") == RANDOM_DIGITS && strcmp(name + RANDOM_DIGITS, suffix) == 0;
}

/*
 * Its launcher holds a lock on a cgroup for as long as it lives. The process id in the name would not tell: it may be of
 * another pid namespace, or have been used again. A scope is locked only when systemd has made it; then its launcher
 * makes a cgroup below it.
 */
static void collect(int parent, const char *name, bool scope)
{
    int directory = cgroup_open(parent, name, O_NOFOLLOW);
    if (directory < 0)
        return;
    bool complete = !scope || faccessat(directory, CGROUP_OF_SUPERVISOR, F_OK, 0) == 0;
    if (complete && flock(directory, LOCK_EX | LOCK_NB) == 0)
        finish(parent, name, directory, COLLECT_ATTEMPTS);
    close(directory);
}

void cgroup_collect(int parent, const char *prefix, const char *suffix)
{
    if (flock(parent, LOCK_EX | LOCK_NB) < 0)
        return; /* somebody is making a cgroup, or collecting */
    int copy = cgroup_open(parent, ".", 0);
    DIR *listing = copy < 0 ? NULL : fdopendir(copy);
    struct dirent *entry;
    while (listing != NULL && (entry = readdir(listing)) != NULL) {
        if (is_ours(entry->d_name, prefix, suffix))
            collect(parent, entry->d_name, suffix[0] != '\0');
    }
    if (listing != NULL)
        closedir(listing);
    flock(parent, LOCK_UN);
}
