/*
 * Feeds a fuzzer where there is no libFuzzer: each file of the corpus as it is, then mutations of them, for some
 * seconds. What reaches code that nothing reached before joins the corpus in memory. The same seed makes the same
 * mutations; the input that breaks something is kept.
 *
 *     fuzz_NAME SECONDS SEED KEPT FILE…
 */
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "coverage.h"
#include "fuzz.h"

enum { LONGEST = 1 << 16, POOL = 4096 };

static struct input {
    uint8_t *bytes;
    size_t size;
} pool[POOL];
static size_t pooled;

static uint8_t current[LONGEST];
static size_t current_size;
static const char *kept;

void __sanitizer_set_death_callback(void (*callback)(void));

/* Of what soon becomes another program nothing is freed. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "detect_leaks=0";
}

static void keep(void)
{
    int file = open(kept, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file >= 0 && write(file, current, current_size) == (ssize_t)current_size)
        fprintf(stderr, "the input is in %s\n", kept);
}

static void on_abort(int number)
{
    keep();
    signal(number, SIG_DFL);
    raise(number);
}

static uint64_t state;

static uint64_t next_random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static size_t below(size_t bound)
{
    return bound == 0 ? 0 : (size_t)(next_random() % bound);
}

static void add(const uint8_t *bytes, size_t size)
{
    size_t at = pooled < POOL ? pooled++ : below(POOL);
    free(pool[at].bytes);
    pool[at].bytes = malloc(size + 1);
    if (pool[at].bytes == NULL)
        abort();
    memcpy(pool[at].bytes, bytes, size);
    pool[at].size = size;
}

static void overwrite(void)
{
    static const uint64_t interesting[] = {0, 1, 7, 8, 9, 16, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFF8,
                                           0xFFFFFFFF, 0x7FFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF};
    uint64_t number = interesting[below(sizeof interesting / sizeof *interesting)];
    size_t width = (size_t)1 << below(4), at = below(current_size);
    for (size_t i = 0; i < width && at + i < current_size; i++)
        current[at + i] = (uint8_t)(number >> 8 * i);
}

static void erase(void)
{
    size_t at = below(current_size), length = below(current_size - at) + 1;
    memmove(current + at, current + at + length, current_size - at - length);
    current_size -= length;
}

/* A part of another input, or of this one. */
static void insert_part(void)
{
    const struct input *other = &pool[below(pooled)];
    size_t from = below(other->size), length = below(other->size - from), at = below(current_size + 1);
    if (length > 512)
        length = below(512);
    if (current_size + length > LONGEST)
        return;
    memmove(current + at + length, current + at, current_size - at);
    memcpy(current + at, other->bytes + from, length);
    current_size += length;
}

static void mutate(void)
{
    const struct input *input = &pool[below(pooled)];
    current_size = input->size;
    memcpy(current, input->bytes, current_size);
    for (size_t count = (size_t)1 << below(5); count > 0; count--) {
        size_t kind = below(current_size == 0 ? 1 : 8);
        if (kind == 0)
            insert_part();
        else if (kind == 1)
            erase();
        else if (kind == 2)
            overwrite();
        else if (kind < 5)
            current[below(current_size)] ^= (uint8_t)(1 << below(8));
        else
            current[below(current_size)] = (uint8_t)next_random();
    }
}

static void feed(void)
{
    uint8_t *exact = malloc(current_size > 0 ? current_size : 1); /* a step beyond the end is caught */
    if (exact == NULL)
        abort();
    memcpy(exact, current, current_size);
    coverage_is_new();
    LLVMFuzzerTestOneInput(exact, current_size);
    free(exact);
    if (coverage_is_new())
        add(current, current_size);
}

static void read_file(const char *path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? -1 : read(file, current, sizeof current);
    if (length < 0) {
        fprintf(stderr, "cannot read %s\n", path);
        exit(1);
    }
    close(file);
    current_size = (size_t)length;
    add(current, current_size);
    feed();
}

int main(int count, char **arguments)
{
    if (count < 5)
        return 2;
    time_t end = time(NULL) + strtol(arguments[1], NULL, 10);
    unsigned long rounds = 0;
    state = strtoull(arguments[2], NULL, 10) * 2 + 1;
    kept = arguments[3];
    __sanitizer_set_death_callback(keep);
    signal(SIGABRT, on_abort);
    for (int i = 4; i < count; i++)
        read_file(arguments[i]);
    for (; rounds % 256 != 0 || time(NULL) < end; rounds++) {
        mutate();
        feed();
    }
    printf("# %s: %d files, %lu mutations, %zu branches reached\n", strrchr(arguments[0], '/') + 1, count - 4, rounds,
           coverage_count());
    return 0;
}
