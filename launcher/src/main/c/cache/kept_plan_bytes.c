#include <string.h>

#include "input.h"
#include "kept_plan.h"
#include "key.h"
#include "opcodes.h"
#include "paths.h"

static void put(unsigned char *bytes, uint64_t value, size_t size)
{
    for (size_t i = 0; i < size; i++)
        bytes[i] = (unsigned char)(value >> (8 * i));
}

static void add_operand(struct text *bytes, const void *data, size_t length)
{
    static const unsigned char zeros[8];
    unsigned char header[PLAN_OPERAND];
    put(header, OPERAND_STRING, 4);
    put(header + 4, length, 4);
    text_add_bytes(bytes, header, sizeof header);
    text_add_bytes(bytes, data, length);
    text_add_bytes(bytes, zeros, 8 - length % 8);
}

static void add_note(struct text *bytes, const char *name, const struct text *value)
{
    size_t start = bytes->length;
    unsigned char header[PLAN_RECORD] = {OP_NOTE, 0, 2, 0};
    text_add_bytes(bytes, header, sizeof header);
    add_operand(bytes, name, strlen(name));
    add_operand(bytes, value->bytes, value->length);
    put((unsigned char *)bytes->bytes + start + 4, bytes->length - start - PLAN_RECORD, 4);
}

struct text kept_plan_bytes(const struct plan *plan, const struct text *key)
{
    struct text bytes = {.bytes = NULL};
    uint32_t records = plan->records + 1;
    paths_separate(plan); /* it is mapped as it is kept, and cannot be changed then */
    text_add_bytes(&bytes, plan->bytes, plan->length);
    add_note(&bytes, CACHE_NOTE_OF_KEY, key);
    if (plan_has(plan, OP_CGROUP_CREATE)) {
        struct text cgroup = key_of_cgroup();
        add_note(&bytes, CACHE_NOTE_OF_CGROUP, &cgroup);
        records++;
    }
    unsigned char *header = (unsigned char *)bytes.bytes;
    put(header + 12, records, 4);
    put(header + 16, bytes.length, 8);
    put(header + 24, plan_crc(header + PLAN_HEADER, bytes.length - PLAN_HEADER), 4);
    if (bytes.length > PLAN_MAXIMUM)
        bytes.length = 0;
    return bytes;
}
