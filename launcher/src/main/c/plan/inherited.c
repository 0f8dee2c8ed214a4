#include "inherited.h"

#include <stdbool.h>

#include "actions.h"
#include "kernel.h"
#include "messages.h"
#include "run.h"

enum { MOST = 8 };

/* A plan may be tried twice; by then what was taken is closed on exec. */
static bool was_taken(int descriptor, bool remember)
{
    static int taken[MOST];
    static unsigned count;
    for (unsigned i = 0; i < count; i++) {
        if (taken[i] == descriptor)
            return true;
    }
    if (remember && count < MOST)
        taken[count++] = descriptor;
    return false;
}

/* What we opened ourselves is closed on exec; what was inherited cannot be. */
int inherited_find(uint64_t number, int least, const char *purpose)
{
    int descriptor = number > INT32_MAX ? -1 : (int)number;
    int flags = fcntl(descriptor, F_GETFD);
    if (flags < 0 || ((flags & FD_CLOEXEC) != 0 && !was_taken(descriptor, false)))
        refuse_with_help("open it for the launcher, as in `3<>FILE`", "descriptor %d for the %s is not open", descriptor,
                         purpose);
    if (descriptor < least)
        refuse("descriptor %d for the %s is a standard one", descriptor, purpose);
    return descriptor;
}

int inherited_take(uint64_t number, int least, const char *purpose)
{
    int descriptor = inherited_find(number, least, purpose);
    if (descriptor > STDERR_FILENO && fcntl(descriptor, F_SETFD, FD_CLOEXEC) < 0)
        die("cannot keep the descriptor for the %s from the command", purpose);
    was_taken(descriptor, true);
    return descriptor;
}

void do_info_descriptor(struct run *run, const struct operand *operands)
{
    run->channels.info = inherited_take(operands[0].number, 0, "information");
}

void do_block_descriptor(struct run *run, const struct operand *operands)
{
    run->channels.block = inherited_take(operands[0].number, 0, "start");
}

void do_sync_descriptor(struct run *run, const struct operand *operands)
{
    run->channels.sync = inherited_take(operands[0].number, INHERITED_ABOVE_STANDARD, "lifetime");
}
