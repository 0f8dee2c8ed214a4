/* The plan: the reader's view of docs/plan-format.md. */
#ifndef HEXE_PLAN_H
#define HEXE_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    PLAN_HEADER = 32,
    PLAN_RECORD = 8,  /* a record's header */
    PLAN_OPERAND = 8, /* an operand's header */
    PLAN_OPERANDS = 8,
    PLAN_MAXIMUM = 16 << 20,
    PLAN_ERROR = 160,
};

enum operand_type { OPERAND_NUMBER = 1, OPERAND_STRING = 2, OPERAND_BYTES = 3 };

struct operand {
    uint64_t number;
    const char *data; /* a string ends with NUL */
    size_t length;    /* of the data, a string's NUL not counted */
};

struct opcode;

struct record {
    uint32_t index;
    uint16_t number;
    const struct opcode *opcode;
    struct operand operands[PLAN_OPERANDS];
};

/* Points into the caller's buffer, which must outlive it. */
struct plan {
    const unsigned char *bytes;
    size_t length;
    uint32_t records;
    bool separate; /* it is known that no list has a newline, see paths.h */
};

struct plan_cursor {
    const struct plan *plan;
    size_t offset;
    uint32_t index;
};

/* The length that a header claims, or 0 when these bytes do not begin a plan. */
size_t plan_length(const unsigned char *bytes, size_t available);

/* Checks everything that can be wrong with the bytes; says what is in `error`. */
bool plan_read(struct plan *plan, const void *bytes, size_t length, char error[PLAN_ERROR]);

/* Checks what must hold between the records; a plan that only probes need not be complete. */
bool plan_check_rules(const struct plan *plan, bool probe, char error[PLAN_ERROR]);

struct plan_cursor plan_start(const struct plan *plan);

/* The next record of a plan that plan_read accepted; false after the last one. */
bool plan_next(struct plan_cursor *cursor, struct record *record);

/* The next record of one action. */
bool plan_find(struct plan_cursor *cursor, uint16_t action, struct record *record);

/* The same of several actions. */
bool plan_find_one_of(struct plan_cursor *cursor, const uint16_t *actions, size_t count, struct record *record);

/* Whether there is one. */
bool plan_has(const struct plan *plan, uint16_t action);

/* What the first note of this name says, or NULL; it points into the plan. */
const char *plan_note(const struct plan *plan, const char *name, size_t *length);

#endif
