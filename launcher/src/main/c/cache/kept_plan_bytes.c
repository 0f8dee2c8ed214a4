#include <string.h>

#include "crc.h"
#include "grouped.h"
#include "input.h"
#include "kept_plan.h"
#include "key.h"
#include "opcodes.h"
#include "paths.h"
#include "records.h"

static void add_note(struct text *bytes, const char *name, const struct text *value)
{
    size_t start = record_begin(bytes, OP_NOTE, 2);
    record_add_text(bytes, name, strlen(name));
    record_add_text(bytes, value->bytes, value->length);
    record_end(bytes, start);
}

struct text kept_plan_bytes(const struct plan *plan, const struct text *key)
{
    struct text bytes = {.bytes = NULL};
    paths_separate(plan); /* it is mapped as it is kept, and cannot be changed then */
    uint32_t records = grouped_add(&bytes, plan) + 1;
    add_note(&bytes, CACHE_NOTE_OF_KEY, key);
    if (plan_has(plan, OP_CGROUP_CREATE)) {
        struct text cgroup = key_of_cgroup();
        add_note(&bytes, CACHE_NOTE_OF_CGROUP, &cgroup);
        records++;
    }
    unsigned char *header = (unsigned char *)bytes.bytes;
    record_put(header + 12, records, 4);
    record_put(header + 16, bytes.length, 8);
    record_put(header + 24, crc_of(header + PLAN_HEADER, bytes.length - PLAN_HEADER), 4);
    if (bytes.length > PLAN_MAXIMUM)
        bytes.length = 0;
    return bytes;
}
