/*
 * operands OPCODE <PLAN: the first operand of each such record, a line for each string. For giving others the same policy: the
 * system-call filter is 80, protected paths are 82. See docs/plan-format.md; the launcher has checked the plan.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEADER = 32, RECORD = 8, OPERAND = 8, STRING = 2 };

static unsigned char plan[1 << 24];

static uint32_t number(size_t offset, size_t size)
{
    uint32_t value = 0;
    memcpy(&value, plan + offset, size);
    return value;
}

int main(int count, char **arguments)
{
    size_t length = fread(plan, 1, sizeof plan, stdin);
    unsigned opcode = count == 2 ? (unsigned)atoi(arguments[1]) : 0;
    for (size_t at = HEADER; at + RECORD + OPERAND <= length; at += RECORD + number(at + 4, 4)) {
        if (number(at, 2) != opcode)
            continue;
        fwrite(plan + at + RECORD + OPERAND, number(at + RECORD + 4, 4), 1, stdout);
        if (number(at + RECORD, 4) == STRING)
            putchar('\n');
    }
    return fflush(stdout) != 0;
}
