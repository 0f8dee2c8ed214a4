/*
 * What the fuzzers share. Each is one function, as libFuzzer wants it; mutate.c calls it where there is no libFuzzer.
 * A property that does not hold ends the process, and the input that broke it is kept.
 */
#ifndef HEXE_FUZZ_H
#define HEXE_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define holds(property, what)                                                                                         \
    do {                                                                                                              \
        if (!(property)) {                                                                                            \
            fprintf(stderr, "does not hold: %s\n", what);                                                             \
            abort();                                                                                                  \
        }                                                                                                             \
    } while (0)

/* The input as strings, which NULs separate; as many as there is room for. The copy is freed by the caller. */
static inline char *strings_of(const uint8_t *data, size_t size, char **strings, size_t room)
{
    size_t count = 0;
    char *copy = malloc(size + 1);
    if (copy == NULL)
        abort();
    memcpy(copy, data, size);
    copy[size] = '\0';
    for (char *at = copy; at < copy + size && count + 1 < room; at += strlen(at) + 1)
        strings[count++] = at;
    strings[count] = NULL;
    return copy;
}

#endif
