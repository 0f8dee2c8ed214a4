/* The reader of plans and its rules. The bytes as they are, and behind a header that fits them. */
#include "fuzz.h"

#include "crc.h"
#include "dependencies.h"
#include "opcodes.h"
#include "plan.h"

static void put(unsigned char *at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(value >> 8 * i);
}

static void walk(const struct plan *plan)
{
    char error[PLAN_ERROR] = "";
    const char *own;
    struct plan_cursor cursor = plan_start(plan);
    struct record record;
    uint32_t count = 0;
    while (plan_next(&cursor, &record))
        count++;
    holds(count == plan->records && cursor.offset == plan->length, "the records add up to the plan");
    for (int probe = 0; probe < 2; probe++)
        holds(plan_check_rules(plan, probe == 1, error) || error[0] != '\0', "a refusal says why");
    dependencies_other_architecture(plan, &own);
}

static void try_plan(const unsigned char *bytes, size_t size)
{
    char error[PLAN_ERROR] = "";
    struct plan plan;
    size_t claimed = plan_length(bytes, size);
    if (plan_read(&plan, bytes, size, error)) {
        holds(claimed == size, "a plan is as long as it claims");
        walk(&plan);
    } else {
        holds(error[0] != '\0' && memchr(error, '\0', sizeof error) != NULL, "a refusal says why");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned char *exact = malloc(size > 0 ? size : 1);
    if (exact == NULL)
        abort();
    memcpy(exact, data, size);
    try_plan(exact, size);
    if (size >= PLAN_HEADER) {
        memcpy(exact, "HEXEPLAN\1\0\0", 12);
        put(exact + 16, (uint32_t)size);
        put(exact + 20, 0);
        put(exact + 28, 0);
        put(exact + 24, crc_of(exact + PLAN_HEADER, size - PLAN_HEADER));
        try_plan(exact, size);
    }
    free(exact);
    return 0;
}
