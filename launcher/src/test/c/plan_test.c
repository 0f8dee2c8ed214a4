/*
 * The reader against damaged and hostile plans. It is built with the address and undefined-behaviour sanitizers: a test
 * fails when the reader accepts what it must refuse, or touches what is not its own. The first
 * argument is the number of seconds to spend on random mutations, the others are plans that must be read.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "crc.h"
#include "opcodes.h"
#include "plan.h"

static unsigned char buffer[4096];
static size_t used;
static unsigned tests, failures;

static void promise(bool kept, const char *what, size_t detail)
{
    tests++;
    if (kept)
        return;
    failures++;
    printf("not ok - %s (%zu)\n", what, detail);
}

static void put(uint64_t value, size_t size)
{
    for (size_t i = 0; i < size; i++)
        buffer[used++] = (unsigned char)(value >> (8 * i));
}

static void put_record(uint16_t action, uint16_t operands, uint32_t length)
{
    put(action, 2);
    put(operands, 2);
    put(length, 4);
}

static void put_number(uint64_t value)
{
    put(OPERAND_NUMBER, 4);
    put(8, 4);
    put(value, 8);
}

static void put_data(uint32_t type, const char *data, size_t length)
{
    size_t room = type == OPERAND_STRING ? (length / 8 + 1) * 8 : (length + 7) / 8 * 8;
    put(type, 4);
    put(length, 4);
    memset(buffer + used, 0, room);
    memcpy(buffer + used, data, length);
    used += room;
}

static void set_u32(size_t offset, uint32_t value)
{
    size_t end = used;
    used = offset;
    put(value, 4);
    used = end;
}

static void seal(size_t length)
{
    set_u32(24, crc_of(buffer + PLAN_HEADER, length - PLAN_HEADER));
}

static void begin(uint32_t records)
{
    used = 0;
    memcpy(buffer, "HEXEPLAN", 8);
    used = 8;
    put(1, 4);
    put(records, 4);
    put(0, 8);
    put(0, 8);
}

static void finish(void)
{
    set_u32(16, (uint32_t)used);
    seal(used);
}

/* A plan with an operand of each type. */
static void build(void)
{
    begin(4);
    put_record(OP_WARN, 1, 16);
    put_data(OPERAND_STRING, "careful", 7);
    put_record(OP_SPAWN, 2, 32);
    put_number(0x20000);
    put_number(0);
    put_record(OP_SETENV, 2, 40);
    put_data(OPERAND_STRING, "A", 1);
    put_data(OPERAND_STRING, "12345678", 8);
    put_record(OP_SECCOMP_FILTER, 2, 32);
    put_data(OPERAND_BYTES, "\0\1\2\3", 4);
    put_number(0);
    finish();
}

/* Copies into memory of exactly this size, so that a step beyond the end is caught. */
static bool reads(const unsigned char *bytes, size_t length)
{
    char error[PLAN_ERROR] = "";
    struct plan plan;
    unsigned char *exact = malloc(length > 0 ? length : 1);
    if (exact == NULL)
        abort();
    memcpy(exact, bytes, length);
    plan_length(exact, length);
    bool accepted = plan_read(&plan, exact, length, error);
    if (accepted) {
        struct plan_cursor cursor = plan_start(&plan);
        struct record record;
        uint32_t count = 0;
        while (plan_next(&cursor, &record))
            count++;
        promise(count == plan.records && cursor.offset == length, "the records add up to the plan", length);
        plan_check_rules(&plan, (length & 8) != 0, error);
    } else {
        promise(error[0] != '\0', "a refusal says why", length);
    }
    free(exact);
    return accepted;
}

static void truncated(void)
{
    build();
    for (size_t length = 0; length < used; length++)
        promise(!reads(buffer, length), "a truncated plan is refused", length);
    promise(reads(buffer, used), "the whole plan is read", used);
    buffer[used] = 0;
    promise(!reads(buffer, used + 1), "a plan with a byte behind it is refused", used);
}

static void flipped(void)
{
    build();
    for (size_t i = 0; i < used * 8; i++) {
        buffer[i / 8] ^= (unsigned char)(1 << i % 8);
        promise(!reads(buffer, used), "a plan with one bit changed is refused", i);
        buffer[i / 8] ^= (unsigned char)(1 << i % 8);
    }
}

/* With a checksum that fits, so that the checks behind it are reached. */
static void refused_with(size_t offset, uint32_t value, const char *what)
{
    build();
    set_u32(offset, value);
    seal(used);
    promise(!reads(buffer, used), what, offset);
}

static void malformed(void)
{
    refused_with(0, 0x50414548, "a foreign magic number is refused");
    refused_with(8, 2, "another version is refused");
    refused_with(12, 5, "more records than there are are refused");
    refused_with(12, 3, "bytes behind the last record are refused");
    refused_with(12, 0xFFFFFFFF, "a huge number of records is refused");
    refused_with(20, 1, "a length above 4 GiB is refused");
    refused_with(28, 1, "a reserved field that is set is refused");
    refused_with(32, 999 | 1 << 16, "an unknown action is refused");
    refused_with(32, OP_WARN | 2 << 16, "a wrong number of operands is refused");
    refused_with(32, OP_WARN | 0xFFFFU << 16, "a huge number of operands is refused");
    refused_with(36, 8, "a record shorter than its operands is refused");
    refused_with(36, 24, "a record longer than its operands is refused");
    refused_with(36, 0xFFFFFFF8, "a huge record is refused");
    refused_with(40, OPERAND_NUMBER, "an operand of the wrong type is refused");
    refused_with(40, 77, "an operand of an unknown type is refused");
    refused_with(44, 6, "padding that is not zero is refused");
    refused_with(44, 8, "a string with NUL inside is refused");
    refused_with(44, 0xFFFFFFFF, "a huge operand is refused");
    refused_with(68, 4, "a number of four bytes is refused");
}

static void single(uint16_t action, const char *first, const char *second, bool accepted, const char *what)
{
    begin(1);
    size_t header = used;
    put_record(action, 2, 0);
    put_data(OPERAND_STRING, first, strlen(first));
    put_data(OPERAND_STRING, second, strlen(second));
    set_u32(header + 4, (uint32_t)(used - header - PLAN_RECORD));
    finish();
    promise(reads(buffer, used) == accepted, what, action);
}

static void strings(void)
{
    single(OP_ENTER_DIRECTORY, "/home", "", true, "an absolute path is read");
    single(OP_ENTER_DIRECTORY, "home", "", false, "a relative path is refused");
    single(OP_ENTER_DIRECTORY, "", "", false, "an empty path is refused");
    single(OP_ENTER_DIRECTORY, "@cwd", "", true, "`@cwd` is read");
    single(OP_ENTER_DIRECTORY, "@cwd/.git", "", true, "a path below `@cwd` is read");
    single(OP_ENTER_DIRECTORY, "@private/x", "", true, "a path below `@private` is read");
    single(OP_ENTER_DIRECTORY, "@cwdx", "", false, "an unknown word is refused");
    single(OP_SETENV, "", "x", false, "a variable without a name is refused");
    single(OP_SETENV, "A=B", "x", false, "a variable's name with `=` is refused");
    single(OP_CGROUP_CREATE, "/sys/fs/cgroup", "../x", false, "a prefix with a slash is refused");
}

static uint64_t random_state = 0x9E3779B97F4A7C15U;

static uint64_t next_random(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

static void mutate(void)
{
    static const unsigned char interesting[] = {0, 1, 2, 3, 7, 8, 9, 0x7F, 0x80, 0xFF};
    for (uint64_t count = next_random() % 8 + 1; count > 0; count--) {
        size_t at = next_random() % used;
        uint64_t kind = next_random() % 3;
        if (kind == 0)
            buffer[at] = (unsigned char)next_random();
        else if (kind == 1)
            buffer[at] = interesting[next_random() % sizeof interesting];
        else
            buffer[at & ~(size_t)7] = (unsigned char)(next_random() % 103);
    }
    if (next_random() % 16 == 0)
        used -= next_random() % used;
    if (used >= PLAN_HEADER && next_random() % 16 != 0) {
        memcpy(buffer, "HEXEPLAN\1\0\0", 12);
        set_u32(16, (uint32_t)used);
        set_u32(20, 0);
        set_u32(28, 0);
        seal(used);
    }
}

static void fuzz(long seconds)
{
    unsigned long rounds = 0, accepted = 0;
    time_t end = time(NULL) + seconds;
    while (rounds % 1024 != 0 || time(NULL) < end) {
        build();
        mutate();
        accepted += reads(buffer, used) ? 1 : 0;
        rounds++;
    }
    printf("# %lu random plans, %lu of them readable\n", rounds, accepted);
}

/* What the compiler's own tests write. */
static void golden(const char *path)
{
    FILE *file = fopen(path, "r");
    size_t length = file == NULL ? 0 : fread(buffer, 1, sizeof buffer, file);
    if (file != NULL)
        fclose(file);
    promise(reads(buffer, length), path, length);
}

int main(int count, char **arguments)
{
    truncated();
    flipped();
    malformed();
    strings();
    for (int i = 2; i < count; i++)
        golden(arguments[i]);
    fuzz(count > 1 ? strtol(arguments[1], NULL, 10) : 5);
    printf("# the reader kept %u of %u promises\n", tests - failures, tests);
    return failures == 0 ? 0 : 1;
}
