#include "closing.h"

#include <errno.h>
#include <stdint.h>

#include "kernel.h"

/*
 * Above 64 the kernel allocates a larger table, once, for less than two calls that close; a process that is made afterwards has a
 * small one again. Below HIGH there is mostly nothing to do before all is closed anyway.
 */
enum { NUMBERS = 192, HIGH = 184, BITS = 64 };

static uint64_t left[NUMBERS / BITS]; /* a bit for each */
static unsigned end_of_left;          /* there are none from here on */
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
    return number < NUMBERS && (left[number / BITS] >> number % BITS & 1) != 0;
}

void close_all_left(void)
{
    int error = errno;
    for (unsigned first = 0; first < end_of_left; first++) {
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
    for (; first < end_of_left; end_of_left--)
        left[(end_of_left - 1) / BITS] &= ~(UINT64_C(1) << (end_of_left - 1) % BITS);
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
    unsigned number = (unsigned)descriptor;
    if (!may_wait || number >= NUMBERS) {
        close(descriptor);
        return;
    }
    left[number / BITS] |= UINT64_C(1) << number % BITS;
    if (number >= end_of_left)
        end_of_left = number + 1;
    if (number >= HIGH)
        close_all_left();
}
