#include "processor.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "kernel.h"
#include "messages.h"

enum { BITS = 8 * sizeof(unsigned long), WORDS = 8192 / BITS };

static unsigned long allowed[WORDS];
static size_t length; /* in bytes, as the kernel counts; 0: nothing is to be restored */

static long get(unsigned long *mask)
{
    return syscall(SYS_sched_getaffinity, 0, sizeof allowed, mask);
}

static bool set(const unsigned long *mask, size_t size)
{
    return syscall(SYS_sched_setaffinity, 0, size, mask) == 0;
}

/*
 * Who has never chosen its processors also gets those that it is allowed later. The kernel does not tell, but where all it
 * may have are those it has, asking for all is the same.
 */
static void find_out_what_to_restore(void)
{
    unsigned long all[WORDS], possible[WORDS] = {0};
    memset(all, 0xff, sizeof all);
    if (set(all, length) && get(possible) == (long)length && memcmp(possible, allowed, length) == 0)
        memcpy(allowed, all, length);
}

/* A filter that somebody else has installed may end a process for a call like these. */
static bool is_filtered(void)
{
    int filters = sys_prctl(PR_GET_SECCOMP, 0, 0);
    if (filters < 0 && errno != EINVAL)
        die("cannot find out whether system calls are filtered");
    return filters > 0;
}

/* With one processor there is nothing to gain. */
void processor_stay(void)
{
    unsigned long one[WORDS] = {0};
    unsigned number;
    if (is_filtered() || syscall(SYS_getcpu, &number, NULL, NULL) < 0)
        return;
    long size = get(allowed);
    if (size <= 0 || number >= (size_t)size * 8)
        return;
    one[number / BITS] = 1UL << number % BITS;
    if (memcmp(one, allowed, (size_t)size) == 0)
        return;
    length = (size_t)size;
    find_out_what_to_restore();
    if (!set(one, length))
        processor_leave();
}

void processor_leave(void)
{
    unsigned long all[WORDS];
    if (length == 0)
        return;
    memset(all, 0xff, sizeof all);
    /* none of them may be left by now */
    if (!set(allowed, length) && !set(all, length))
        die("cannot give back the processors of the caller");
    length = 0;
}
