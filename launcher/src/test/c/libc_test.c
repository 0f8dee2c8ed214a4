/* Holds format.c, memory.c and search.c to what the C library does. */
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#undef __GLIBC__
#define vsnprintf own_vsnprintf
#define snprintf own_snprintf
#define malloc own_malloc
#define calloc own_calloc
#define realloc own_realloc
#define free own_free
#define memmem own_memmem
#define strstr own_strstr
#define clock_gettime own_clock_gettime
#include "format.c"
#include "memory.c"
#include "search.c"
#undef vsnprintf
#undef snprintf
#undef malloc
#undef calloc
#undef realloc
#undef free
#undef memmem
#undef strstr
#undef clock_gettime

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

static void memory(void)
{
    enum { BLOCKS = 64 };
    static unsigned char *blocks[BLOCKS];
    static size_t sizes[BLOCKS];
    uint64_t state = 88172645463325252U;
    for (int round = 0; round < 200000; round++) {
        state ^= state << 13, state ^= state >> 7, state ^= state << 17;
        size_t i = state % BLOCKS, size = (state >> 8) % ((state >> 40) % 64 == 0 ? 40000 : 500);
        bool intact = true;
        for (size_t k = 0; k < sizes[i]; k++)
            intact &= blocks[i][k] == (unsigned char)(i + k);
        promise(intact, "a block keeps what was written");
        if (state >> 62 == 0) {
            own_free(blocks[i]);
            blocks[i] = NULL, sizes[i] = 0;
            continue;
        }
        if (state >> 62 == 1) {
            own_free(blocks[i]);
            blocks[i] = own_calloc(size, 1);
            for (size_t k = 0; k < size; k++)
                intact &= blocks[i][k] == 0;
            promise(intact, "calloc gives zeros");
        } else {
            blocks[i] = own_realloc(blocks[i], size);
            for (size_t k = 0; k < size && k < sizes[i]; k++)
                intact &= blocks[i][k] == (unsigned char)(i + k);
            promise(intact, "realloc keeps what was there");
        }
        promise(blocks[i] != NULL && (uintptr_t)blocks[i] % 16 == 0, "a block is aligned");
        sizes[i] = size;
        for (size_t k = 0; k < size; k++)
            blocks[i][k] = (unsigned char)(i + k);
    }
    for (size_t i = 0; i < BLOCKS; i++)
        own_free(blocks[i]);
    promise(own_malloc(SIZE_MAX) == NULL && own_calloc(SIZE_MAX / 2, 4) == NULL, "what is too large is refused");
    own_free(NULL);
    void *block = own_malloc(100);
    own_free(block);
    promise(own_malloc(100) == block, "what was freed last is used again");
}

static void searching(void)
{
    static const char *const words[] = {"", "a", "ab", "abc", "b", "bc", "c", "abcabd", "abd", "x", "abcabcabdx"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const char *text = "abcabcabd";
        promise(own_strstr(text, words[i]) == strstr(text, words[i]), "strstr finds it in the same place");
        promise(own_memmem(text, 9, words[i], strlen(words[i])) == memmem(text, 9, words[i], strlen(words[i])), "and so does memmem");
    }
    struct timespec own, theirs;
    promise(own_clock_gettime(CLOCK_MONOTONIC, &own) == 0 && clock_gettime(CLOCK_MONOTONIC, &theirs) == 0 && theirs.tv_sec - own.tv_sec <= 1, "the clock is the kernel's");
}

int main(void)
{
    formats();
    memory();
    searching();
    printf("# %d comparisons with the C library, %d differ\n", checks, failed);
    return failed != 0;
}
