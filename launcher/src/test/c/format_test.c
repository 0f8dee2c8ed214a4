/* Holds format.c to what the C library does. */
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#undef __GLIBC__
#define vsnprintf own_vsnprintf
#define snprintf own_snprintf
#include "format.c"
#undef vsnprintf
#undef snprintf

static int failed, checks;

static void promise(bool kept, const char *what)
{
    checks++;
    if (!kept && ++failed)
        printf("not ok - %s\n", what);
}

__attribute__((format(printf, 1, 2))) static void same_text(const char *format, ...)
{
    for (size_t size = 0; size < 64; size++) {
        char expected[64], found[64];
        va_list list, again;
        memset(expected, '.', sizeof expected), memset(found, '.', sizeof found);
        va_start(list, format);
        va_copy(again, list);
        int length = vsnprintf(expected, size, format, list);
        promise(own_vsnprintf(found, size, format, again) == length, format);
        promise(memcmp(found, expected, sizeof found) == 0, format);
        va_end(list), va_end(again);
    }
}

static void formats(void)
{
    static const unsigned long long numbers[] = {0, 1, 7, 8, 9, 10, 15, 16, 255, 4096, INT_MAX, UINT_MAX, LLONG_MAX, ULLONG_MAX};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        unsigned long long number = numbers[i];
        same_text("%llu %llx %#llx %016llx %03llu", number, number, number, number, number);
        same_text("%lld|%d|%u|%x|%o|%02x", (long long)number, (int)number, (unsigned)number, (unsigned)number, (unsigned)number, (unsigned)number);
        same_text("%lu %zu %lld", (unsigned long)number, (size_t)number, -(long long)(number / 2));
    }
    same_text("%d %lld", INT_MIN, LLONG_MIN);
    same_text("plain");
    same_text("%%%s%c%s%%", "a", 'b', "");
    same_text("%.*s|%.*s|%.*s", 3, "abcdef", 9, "abc", 0, "abc");
    same_text("%.*s", -1, "negative: none");
}

int main(void)
{
    formats();
    printf("# %d comparisons with the C library, %d differ\n", checks, failed);
    return failed != 0;
}
