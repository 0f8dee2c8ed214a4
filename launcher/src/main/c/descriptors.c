#include "descriptors.h"

#include <dirent.h>
#include <stdlib.h>

#include "actions.h"
#include "kernel.h"
#include "messages.h"
#include "program.h"
#include "report.h"
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

/* A probe needs its descriptor to report; marking them shows as well whether the call exists. */
void do_close_descriptors(struct run *run, const struct operand *operands)
{
    unsigned first = operands[0].number > INT32_MAX ? INT32_MAX : (unsigned)operands[0].number;
    if (!run->probe)
        descriptors_close_from(report_keep(run, program_keep(first)));
    else if (syscall(SYS_close_range, first, ~0U, CLOSE_RANGE_CLOEXEC) < 0)
        die("cannot mark the inherited descriptors");
}
