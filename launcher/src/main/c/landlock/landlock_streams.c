/*
 * The files that the standard streams and passed descriptors lead to. The command holds them open, whatever Landlock
 * says; but a program that opens /dev/stderr opens the file anew, and that takes a rule.
 */
#include <errno.h>

#include "actions.h"
#include "kernel.h"
#include "landlock_guards.h"
#include "messages.h"
#include "run.h"

/* What was opened for appending can be truncated by whoever holds it: no more is given than is there. */
static uint64_t rights_of(int flags, const struct operand *operands)
{
    int mode = flags & O_ACCMODE;
    uint64_t rights = 0;
    if ((flags & O_PATH) != 0)
        return 0;
    if (mode == O_RDONLY || mode == O_RDWR)
        rights |= operands[0].number;
    if (mode == O_WRONLY || mode == O_RDWR)
        rights |= operands[1].number;
    return rights;
}

/* Pipes and sockets have no path, so that Landlock has nothing to say of them. A directory would open all below it. */
static void allow(const struct run *run, int descriptor, const struct operand *operands)
{
    struct stat status;
    int flags = fcntl(descriptor, F_GETFL);
    if (flags < 0 || fstat(descriptor, &status) < 0)
        die("cannot examine descriptor %d", descriptor);
    if (S_ISREG(status.st_mode) || S_ISCHR(status.st_mode) || S_ISBLK(status.st_mode))
        landlock_allow_stream(run, descriptor, rights_of(flags, operands));
}

void do_landlock_streams(struct run *run, const struct operand *operands)
{
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++)
        allow(run, stream, operands);
    for (unsigned i = 0; i < run->start.passed_count; i++)
        allow(run, run->start.passed[i], operands);
}
