#include "clock.h"

#include <time.h>

#include "kernel.h"
#include "messages.h"

uint64_t clock_now(void)
{
    struct timespec time;
    if (sys_clock_gettime(CLOCK_MONOTONIC, &time) < 0)
        die("cannot read the clock");
    return (uint64_t)time.tv_sec * 1000000 + (uint64_t)time.tv_nsec / 1000;
}

uint64_t clock_later(uint64_t start, uint64_t milliseconds)
{
    return milliseconds > (UINT64_MAX - start) / 1000 ? UINT64_MAX : start + milliseconds * 1000;
}
