/*
 * The reader. Any bytes may come in: nothing is used before it has been checked, every offset is compared with what is
 * left, and numbers are assembled from bytes, so neither alignment nor byte order matters.
 */
#include "plan.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "crc.h"
#include "numbers.h"
#include "opcodes.h"

static const char magic[8] = {'H', 'E', 'X', 'E', 'P', 'L', 'A', 'N'};

static bool wrong(char *error, const char *format, ...) __attribute__((format(printf, 2, 3)));
static bool wrong(char *error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error, PLAN_ERROR, format, arguments);
    va_end(arguments);
    return false;
}

size_t plan_length(const unsigned char *bytes, size_t available)
{
    if (available < PLAN_HEADER || memcmp(bytes, magic, sizeof magic) != 0)
        return 0;
    uint64_t length = read_u64(bytes + 16);
    return length >= PLAN_HEADER && length <= PLAN_MAXIMUM ? (size_t)length : 0;
}

static bool check_header(struct plan *plan, char *error)
{
    const unsigned char *header = plan->bytes;
    if (plan->length < PLAN_HEADER || memcmp(header, magic, sizeof magic) != 0)
        return wrong(error, "it is not a plan");
    if (read_u32(header + 8) != 1)
        return wrong(error, "its format version is %u, this launcher reads version 1", read_u32(header + 8));
    if (plan_length(header, plan->length) != plan->length)
        return wrong(error, "its length is not the one in its header");
    if (read_u32(header + 28) != 0)
        return wrong(error, "the header's last field is not zero");
    if (read_u32(header + 24) != crc_of(header + PLAN_HEADER, plan->length - PLAN_HEADER))
        return wrong(error, "its checksum is wrong");
    return true;
}

static bool all_zero(const unsigned char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] != 0)
            return false;
    }
    return true;
}

/* An operand's size in the file, without its header. A string has at least one NUL behind it. */
static size_t padded(uint32_t type, size_t length)
{
    return type == OPERAND_STRING ? (length / 8 + 1) * 8 : (length + 7) / 8 * 8;
}

/* Takes an operand that is known to be sound, and returns its size. */
static size_t take_operand(const unsigned char *bytes, struct operand *operand)
{
    uint32_t type = read_u32(bytes);
    operand->length = read_u32(bytes + 4);
    operand->data = (const char *)(bytes + PLAN_OPERAND);
    operand->number = type == OPERAND_NUMBER ? read_u64(bytes + PLAN_OPERAND) : 0;
    return PLAN_OPERAND + padded(type, operand->length);
}

/* Reads one operand and returns the bytes it took; 0 and a reason when it is malformed. */
static size_t read_operand(const unsigned char *bytes, size_t left, char expected, struct operand *operand,
                           const char **reason)
{
    if (left < PLAN_OPERAND)
        return *reason = "an operand is cut off", 0;
    uint32_t type = read_u32(bytes);
    size_t length = read_u32(bytes + 4);
    if (type != opcode_operand_type(expected))
        return *reason = "an operand has the wrong type", 0;
    size_t room = padded(type, length);
    if (length > left || room > left - PLAN_OPERAND)
        return *reason = "an operand is longer than its record", 0;
    const unsigned char *data = bytes + PLAN_OPERAND;
    if (type == OPERAND_NUMBER && length != 8)
        return *reason = "a number is not 8 bytes long", 0;
    if (!all_zero(data + length, room - length))
        return *reason = "the padding is not zero", 0;
    if (type == OPERAND_STRING && expected != 'l' && memchr(data, '\0', length) != NULL)
        return *reason = "a string contains NUL", 0;
    size_t size = take_operand(bytes, operand);
    *reason = opcode_check_operand(expected, operand);
    return *reason == NULL ? size : 0;
}

/* Reads the record at `bytes` and returns its size; 0 and a reason when it is malformed. */
static size_t read_record(const unsigned char *bytes, size_t left, struct record *record, const char **reason)
{
    if (left < PLAN_RECORD)
        return *reason = "it is cut off", 0;
    record->number = read_u16(bytes);
    size_t count = read_u16(bytes + 2);
    size_t length = read_u32(bytes + 4);
    record->opcode = opcode_find(record->number);
    if (record->opcode == NULL)
        return *reason = "the action is unknown", 0;
    if (count != strlen(record->opcode->operands))
        return *reason = "the number of operands is wrong", 0;
    if (length > left - PLAN_RECORD)
        return *reason = "it is cut off", 0;
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        size_t size = read_operand(bytes + PLAN_RECORD + used, length - used, record->opcode->operands[i],
                                   &record->operands[i], reason);
        if (size == 0)
            return 0;
        used += size;
    }
    if (used != length)
        return *reason = "it is longer than its operands", 0;
    return PLAN_RECORD + used;
}

bool plan_read(struct plan *plan, const void *bytes, size_t length, char error[PLAN_ERROR])
{
    *plan = (struct plan){.bytes = bytes, .length = length};
    if (!check_header(plan, error))
        return false;
    uint32_t records = read_u32(plan->bytes + 12);
    size_t offset = PLAN_HEADER;
    for (uint32_t index = 0; index < records; index++) {
        struct record record = {.number = 0};
        const char *reason = NULL;
        size_t size = read_record(plan->bytes + offset, length - offset, &record, &reason);
        if (size == 0)
            return wrong(error, "record %u (action %u): %s", index, record.number, reason);
        offset += size;
    }
    if (offset != length)
        return wrong(error, "there are bytes behind its last record");
    plan->records = records;
    return true;
}

struct plan_cursor plan_start(const struct plan *plan)
{
    return (struct plan_cursor){.plan = plan, .offset = PLAN_HEADER};
}

/* The plan has been checked as a whole, so nothing can be wrong here. */
bool plan_next(struct plan_cursor *cursor, struct record *record)
{
    const unsigned char *bytes = cursor->plan->bytes + cursor->offset;
    if (cursor->index == cursor->plan->records)
        return false;
    record->index = cursor->index++;
    record->number = read_u16(bytes);
    record->opcode = opcode_find(record->number);
    size_t count = read_u16(bytes + 2), used = PLAN_RECORD;
    for (size_t i = 0; i < count; i++)
        used += take_operand(bytes + used, &record->operands[i]);
    cursor->offset += used;
    return true;
}

static bool is_one_of(uint16_t action, const uint16_t *actions, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (actions[i] == action)
            return true;
    }
    return false;
}

bool plan_find_one_of(struct plan_cursor *cursor, const uint16_t *actions, size_t count, struct record *record)
{
    for (; cursor->index < cursor->plan->records; cursor->index++) {
        const unsigned char *bytes = cursor->plan->bytes + cursor->offset;
        if (is_one_of(read_u16(bytes), actions, count))
            return plan_next(cursor, record);
        cursor->offset += PLAN_RECORD + read_u32(bytes + 4);
    }
    return false;
}

bool plan_find(struct plan_cursor *cursor, uint16_t action, struct record *record)
{
    return plan_find_one_of(cursor, &action, 1, record);
}

bool plan_has(const struct plan *plan, uint16_t action)
{
    struct plan_cursor cursor = plan_start(plan);
    struct record record;
    return plan_find(&cursor, action, &record);
}

const char *plan_note(const struct plan *plan, const char *name, size_t *length)
{
    struct record record = {.number = 0};
    struct plan_cursor cursor = plan_start(plan);
    while (plan_find(&cursor, OP_NOTE, &record)) {
        if (strcmp(record.operands[0].data, name) == 0)
            return *length = record.operands[1].length, record.operands[1].data;
    }
    return NULL;
}
