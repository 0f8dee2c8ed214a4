/* filter <PLAN: the plan's system-call filter, for `bwrap --seccomp`. See docs/plan-format.md; the launcher has checked it. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { HEADER = 32, RECORD = 8, OPERAND = 8, SECCOMP_FILTER = 80 };

static unsigned char plan[1 << 24];

static uint32_t number(size_t offset, size_t size)
{
    uint32_t value = 0;
    memcpy(&value, plan + offset, size);
    return value;
}

int main(void)
{
    size_t length = fread(plan, 1, sizeof plan, stdin);
    for (size_t at = HEADER; at + RECORD + OPERAND <= length; at += RECORD + number(at + 4, 4)) {
        if (number(at, 2) == SECCOMP_FILTER)
            return fwrite(plan + at + RECORD + OPERAND, number(at + RECORD + 4, 4), 1, stdout) != 1;
    }
    return 1;
}
