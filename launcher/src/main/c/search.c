/* Small ones of the C library's functions: its own search is fast in long texts, and its clock asks no system call. */
#include <stddef.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#ifndef __GLIBC__

void *memmem(const void *text, size_t length, const void *word, size_t size)
{
    for (const char *start = text; size <= length; start++, length--) {
        if (memcmp(start, word, size) == 0)
            return (void *)(size_t)start;
    }
    return NULL;
}

char *strstr(const char *text, const char *word)
{
    return memmem(text, strlen(text), word, strlen(word));
}

#if __SIZEOF_LONG__ == 8
int clock_gettime(clockid_t clock, struct timespec *time)
{
    return (int)syscall(SYS_clock_gettime, clock, time);
}
#endif

#endif
