#include "processes.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "messages.h"
#include "proc.h"
#include "text.h"

/* Fields of /proc/PID/stat behind the name. */
enum { FIELD_PARENT = 1, FIELD_STARTED = 19 };

int processes_open(pid_t process)
{
    return openat(AT_FDCWD, text_of("/proc/%d", (int)process), O_PATH | O_DIRECTORY | O_CLOEXEC);
}

static bool read_process(const char *name, struct listed_process *process)
{
    char stat[2048];
    pid_t id = (pid_t)atoi(name);
    const char *parent = proc_read_of(id, "stat", stat, sizeof stat) ? proc_field(stat, FIELD_PARENT) : NULL;
    const char *started = parent == NULL ? NULL : proc_field(stat, FIELD_STARTED);
    if (started == NULL)
        return false;
    *process = (struct listed_process){id, (pid_t)atoi(parent), strtoull(started, NULL, 10)};
    return true;
}

static void add(struct processes *to, struct listed_process process)
{
    if (to->count % 64 == 0) {
        to->items = realloc(to->items, (to->count + 64) * sizeof *to->items);
        if (to->items == NULL)
            die("cannot list the processes");
    }
    to->items[to->count++] = process;
}

static int by_id(const void *one, const void *other)
{
    pid_t a = ((const struct listed_process *)one)->id, b = ((const struct listed_process *)other)->id;
    return (a > b) - (a < b);
}

struct processes processes_read(void)
{
    struct processes all = {NULL, 0};
    struct listed_process process;
    struct dirent *entry;
    DIR *listing = opendir("/proc");
    if (listing == NULL)
        die("cannot list the processes in `%s`", "/proc");
    while ((entry = readdir(listing)) != NULL) {
        if (strspn(entry->d_name, "0123456789") == strlen(entry->d_name) && read_process(entry->d_name, &process))
            add(&all, process);
    }
    closedir(listing);
    qsort(all.items, all.count, sizeof *all.items, by_id);
    return all;
}

static void add_children(const struct processes *all, pid_t parent, struct processes *to)
{
    for (size_t i = 0; i < all->count; i++) {
        if (all->items[i].parent == parent)
            add(to, all->items[i]);
    }
}

/* No process is its own ancestor, and each has one parent: none comes twice. */
struct processes processes_below(const struct processes *all, pid_t process)
{
    struct processes below = {NULL, 0};
    add_children(all, process, &below);
    for (size_t i = 0; i < below.count && below.count <= all->count; i++)
        add_children(all, below.items[i].id, &below);
    return below;
}

bool processes_status(pid_t process, const char *word, char *value, size_t size)
{
    char status[8192];
    return proc_read_of(process, "status", status, sizeof status) && proc_value(status, word, value, size);
}
