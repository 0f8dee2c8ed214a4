/* Acts that tell how much of something there is: of processors, of a disk, of time. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "acts.h"
#include "kernel.h"

enum { MOST_PROCESSORS = 8192, WORD = 64, WORDS = MOST_PROCESSORS / WORD, BLOCK = 4096 };

static bool is_set(const uint64_t *mask, unsigned processor)
{
    return processor < MOST_PROCESSORS && (mask[processor / WORD] >> processor % WORD & 1) != 0;
}

/* Past its size the kernel writes nothing: the mask is all zeros before. */
static int read_mask(uint64_t mask[WORDS])
{
    memset(mask, 0, WORDS * sizeof *mask);
    return act_result(syscall(SYS_sched_getaffinity, 0, WORDS * sizeof *mask, mask));
}

/* As in `0,2,3`; what does not fit is cut off. */
static int try_processors(char **arguments, char *value)
{
    uint64_t mask[WORDS];
    size_t used = 0;
    (void)arguments;
    int error = read_mask(mask);
    for (unsigned processor = 0; error == 0 && processor < MOST_PROCESSORS && used + 8 < ACT_VALUE; processor++) {
        if (is_set(mask, processor))
            used += (size_t)snprintf(value + used, ACT_VALUE - used, "%s%u", used > 0 ? "," : "", processor);
    }
    return error;
}

/* A kernel that may not put us there could say yes and leave us elsewhere. */
static int try_run_on(char **arguments, char *value)
{
    uint64_t mask[WORDS] = {0}, processor = act_number(arguments[0]);
    (void)value;
    if (processor >= MOST_PROCESSORS)
        return UNABLE(EINVAL);
    mask[processor / WORD] = (uint64_t)1 << processor % WORD;
    int error = act_result(syscall(SYS_sched_setaffinity, 0, sizeof mask, mask));
    if (error == 0)
        error = read_mask(mask);
    return error == 0 && !is_set(mask, (unsigned)processor) ? EINVAL : error;
}

static uint64_t milliseconds_now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000;
}

/* Asked to end, it does not. */
static int try_outlive(char **arguments, char *value)
{
    uint64_t end = milliseconds_now() + act_number(arguments[0]);
    struct timespec moment = {.tv_nsec = 20000000};
    (void)value;
    signal(SIGTERM, SIG_IGN);
    while (milliseconds_now() < end)
        nanosleep(&moment, NULL);
    return 0;
}

/* A file that only we know, on the disk of `directory`, past the page cache. */
static int open_direct(const char *directory)
{
    char path[4200];
    snprintf(path, sizeof path, "%s/.hexe-verify-io", directory);
    int file = openat(AT_FDCWD, path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_DIRECT, 0600);
    if (file >= 0)
        unlink(path);
    return file;
}

/* Each block is an operation of its own. */
static int transfer(int file, char *block, size_t size, uint64_t count, bool writes)
{
    for (uint64_t i = 0; i < count; i++) {
        off_t at = (off_t)(i * size);
        ssize_t done = writes ? pwrite(file, block, size, at) : pread(file, block, size, at);
        if (done != (ssize_t)size)
            return done < 0 ? errno : ENODATA;
    }
    return 0;
}

/* The value is how long it took to transfer `count` blocks of `size` bytes, in milliseconds. */
static int try_transfer(char **arguments, char *value, bool writes)
{
    uint64_t size = act_number(arguments[1]), count = act_number(arguments[2]);
    char *block = size % BLOCK == 0 ? aligned_alloc(BLOCK, size) : NULL;
    if (block == NULL)
        return UNABLE(EINVAL);
    memset(block, 1, size);
    int file = open_direct(arguments[0]), error = file < 0 ? errno : 0;
    /* what is read has to be there; what was never written is not asked of the disk */
    if (error == 0 && !writes)
        error = transfer(file, block, size, count, true);
    uint64_t start = milliseconds_now();
    if (error == 0)
        error = transfer(file, block, size, count, writes);
    snprintf(value, ACT_VALUE, "%llu", (unsigned long long)(milliseconds_now() - start));
    free(block);
    close(file);
    return error == 0 ? 0 : UNABLE(error);
}

static int try_read_direct(char **arguments, char *value)
{
    return try_transfer(arguments, value, false);
}

static int try_write_direct(char **arguments, char *value)
{
    return try_transfer(arguments, value, true);
}

const struct act share_acts[] = {
    {"processors", 0, try_processors},
    {"run-on", 1, try_run_on},
    {"outlive", 1, try_outlive},
    {"read-direct", 3, try_read_direct},
    {"write-direct", 3, try_write_direct},
    {.name = NULL},
};
