/*
 * Stands in for the C library's allocator, which is made for programs that live long and takes as much room as a tenth
 * of this one. Blocks lie behind one another; the last one can grow and be given back, and with it those before it that
 * were freed meanwhile. What is large has a mapping of its own; where the room is full, another one is mapped.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#ifndef __GLIBC__ /* whose own parts expect its own allocator */

enum { ROOM = 1 << 16, LARGE = 1 << 14, UNIT = 16 };
enum state { FREE = 0x5f1ee, USED, MAPPED };

struct block {
    _Alignas(UNIT) struct block *before;
    unsigned size; /* of what follows, at least */
    enum state state;
};

static _Alignas(UNIT) char first_room[ROOM];
static char *room = first_room;
static struct block *last; /* in the room */

static char *content(const struct block *block)
{
    return (char *)(uintptr_t)(block + 1);
}

static size_t rounded(size_t size)
{
    return (size + UNIT - 1) / UNIT * UNIT;
}

static void *map(size_t size)
{
    void *bytes = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return bytes == MAP_FAILED ? NULL : bytes;
}

static void *map_large(size_t size)
{
    struct block *block = map(size + sizeof *block);
    if (block == NULL)
        return NULL;
    *block = (struct block){NULL, (unsigned)size, MAPPED};
    return content(block);
}

static size_t left_after(const char *end)
{
    return (size_t)(room + ROOM - end);
}

void *malloc(size_t size)
{
    if (size > INT32_MAX)
        return NULL;
    size = rounded(size + (size == 0));
    if (size >= LARGE)
        return map_large(size);
    char *end = last == NULL ? room : content(last) + last->size;
    if (size + sizeof *last > left_after(end)) {
        if ((end = map(ROOM)) == NULL)
            return NULL;
        room = end;
        last = NULL;
    }
    struct block *block = (struct block *)(void *)end;
    *block = (struct block){last, (unsigned)size, USED};
    last = block;
    return content(block);
}

void *calloc(size_t count, size_t size)
{
    size_t whole;
    if (__builtin_mul_overflow(count, size, &whole))
        return NULL;
    void *bytes = malloc(whole);
    return bytes == NULL ? NULL : memset(bytes, 0, whole);
}

void free(void *bytes)
{
    if (bytes == NULL)
        return;
    struct block *block = (struct block *)bytes - 1;
    if (block->state == MAPPED) {
        munmap(block, block->size + sizeof *block);
        return;
    }
    if (block->state != USED)
        __builtin_trap();
    block->state = FREE;
    while (last != NULL && last->state == FREE)
        last = last->before;
}

static bool grow_last(struct block *block, size_t size)
{
    if (block != last || size >= LARGE || rounded(size) > left_after(content(block)))
        return false;
    block->size = (unsigned)rounded(size);
    return true;
}

void *realloc(void *bytes, size_t size)
{
    if (bytes == NULL)
        return malloc(size);
    struct block *block = (struct block *)bytes - 1;
    if (size <= block->size || grow_last(block, size))
        return bytes;
    void *moved = malloc(size);
    if (moved == NULL)
        return NULL;
    memcpy(moved, bytes, block->size);
    free(bytes);
    return moved;
}

#endif
