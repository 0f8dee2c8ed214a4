#include "descriptors.h"

#include <dirent.h>
#include <stdlib.h>

#include "actions.h"
#include "closing.h"
#include "kernel.h"
#include "messages.h"
#include "program.h"
#include "run.h"

/* The most a process can have open, unless an administrator has raised fs.nr_open. */
enum { MOST_DESCRIPTORS = 1 << 20 };

/* Closing does not disturb the listing: the kernel goes by descriptor number. */
static bool close_listed(int first)
{
    DIR *listing = opendir("/proc/self/fd");
    struct dirent *entry;
    if (listing == NULL)
        return false;
    while ((entry = readdir(listing)) != NULL) {
        int descriptor = atoi(entry->d_name);
        if (entry->d_name[0] != '.' && descriptor >= first && descriptor != dirfd(listing))
            close(descriptor);
    }
    closedir(listing);
    return true;
}

/* close_range came with 5.9. PID 1 closes when the command may run already, so there is always another way. */
void descriptors_close_from(unsigned first)
{
    if (syscall(SYS_close_range, first, ~0U, 0U) == 0 || close_listed((int)first))
        return;
    for (int descriptor = (int)first; descriptor < MOST_DESCRIPTORS; descriptor++)
        close(descriptor);
}

static int *lowest_of(int *const descriptors[], unsigned count, unsigned first)
{
    int *lowest = NULL;
    for (unsigned i = 0; i < count; i++) {
        if (*descriptors[i] >= (int)first && (lowest == NULL || *descriptors[i] < *lowest))
            lowest = descriptors[i];
    }
    return lowest;
}

static void close_between(unsigned first, unsigned end)
{
    if (first == end || syscall(SYS_close_range, first, end - 1, 0U) == 0)
        return;
    for (; first < end; first++)
        close((int)first);
}

void descriptors_close_others(unsigned first, int *const kept[], unsigned count)
{
    const int *next;
    close_forget(first);
    for (; (next = lowest_of(kept, count, first)) != NULL; first = (unsigned)*next + 1)
        close_between(first, (unsigned)*next);
    descriptors_close_from(first);
}

/* A probe needs its descriptor to report; marking them shows as well whether the call exists. */
void do_close_descriptors(struct run *run, const struct operand *operands)
{
    unsigned first = operands[0].number > INT32_MAX ? INT32_MAX : (unsigned)operands[0].number;
    enum { OURS = 9 };
    struct channels *channels = &run->channels;
    int *kept[OURS + RUN_PASSED] = {program_descriptor(), &channels->report, &channels->orders,
                                    &channels->progress,  &channels->block,  &channels->sync,
                                    &channels->connector, &channels->unconnected, &channels->watcher};
    for (unsigned i = 0; i < run->start.passed_count; i++)
        kept[OURS + i] = &run->start.passed[i];
    if (!run->probe)
        descriptors_close_others(first, kept, OURS + run->start.passed_count);
    else if (syscall(SYS_close_range, first, ~0U, CLOSE_RANGE_CLOEXEC) < 0)
        die("cannot mark the inherited descriptors");
}
