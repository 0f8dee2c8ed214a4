#include "closing.h"

#include <errno.h>
#include <stdint.h>

#include "kernel.h"

/* Those below 64 have a table that the kernel makes with each process; a larger one would have to be allocated and copied. */
enum { NUMBERS = 64, HIGH = 56 };

static uint64_t left; /* a bit for each */
static bool may_wait;

static void close_range_of(unsigned first, unsigned end)
{
    if (end - first > 1 && syscall(SYS_close_range, first, end - 1, 0U) == 0)
        return;
    for (; first < end; first++)
        close((int)first);
}

static bool is_left(unsigned number)
{
    return number < NUMBERS && (left >> number & 1) != 0;
}

void close_all_left(void)
{
    int error = errno;
    for (unsigned first = 0; first < NUMBERS && left >> first != 0; first++) {
        unsigned end = first;
        while (is_left(end))
            end++;
        if (end > first)
            close_range_of(first, end);
        first = end;
    }
    close_forget(0);
    errno = error;
}

void close_forget(unsigned first)
{
    if (first < NUMBERS)
        left &= (UINT64_C(1) << first) - 1;
}

void close_may_wait(bool may)
{
    if (!may)
        close_all_left();
    may_wait = may;
}

void close_later(int descriptor)
{
    if (descriptor < 0)
        return;
    if (!may_wait || descriptor >= NUMBERS) {
        close(descriptor);
        return;
    }
    left |= UINT64_C(1) << descriptor;
    if (descriptor >= HIGH)
        close_all_left();
}
