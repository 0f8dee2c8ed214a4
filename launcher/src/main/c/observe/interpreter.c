#include "interpreter.h"

#include <string.h>

struct machine {
    uint32_t accumulator, index, memory[BPF_MEMWORDS];
};

static uint32_t word(const struct seccomp_data *data, uint32_t offset)
{
    uint32_t value = 0;
    if (offset <= sizeof *data - sizeof value)
        memcpy(&value, (const char *)data + offset, sizeof value);
    return value;
}

static uint32_t compute(uint16_t operation, uint32_t one, uint32_t other)
{
    switch (operation) {
    case BPF_ADD:
        return one + other;
    case BPF_SUB:
        return one - other;
    case BPF_MUL:
        return one * other;
    case BPF_DIV:
        return other == 0 ? 0 : one / other;
    case BPF_OR:
        return one | other;
    case BPF_AND:
        return one & other;
    case BPF_XOR:
        return one ^ other;
    case BPF_LSH:
        return other > 31 ? 0 : one << other;
    case BPF_RSH:
        return other > 31 ? 0 : one >> other;
    default:
        return 0U - one; /* BPF_NEG */
    }
}

static int holds(uint16_t operation, uint32_t one, uint32_t other)
{
    switch (operation) {
    case BPF_JEQ:
        return one == other;
    case BPF_JGT:
        return one > other;
    case BPF_JGE:
        return one >= other;
    default:
        return (one & other) != 0; /* BPF_JSET */
    }
}

static uint32_t loaded(const struct machine *machine, const struct sock_filter *at, const struct seccomp_data *data)
{
    switch (BPF_MODE(at->code)) {
    case BPF_IMM:
        return at->k;
    case BPF_ABS:
        return word(data, at->k);
    case BPF_MEM:
        return machine->memory[at->k % BPF_MEMWORDS];
    default:
        return sizeof *data; /* BPF_LEN */
    }
}

uint32_t interpreter_run(const struct sock_filter *program, unsigned length, const struct seccomp_data *data)
{
    struct machine machine = {.accumulator = 0};
    for (unsigned i = 0; i < length; i++) {
        const struct sock_filter *at = &program[i];
        uint32_t operand = BPF_SRC(at->code) == BPF_X ? machine.index : at->k;
        switch (BPF_CLASS(at->code)) {
        case BPF_LD:
            machine.accumulator = loaded(&machine, at, data);
            break;
        case BPF_LDX:
            machine.index = loaded(&machine, at, data);
            break;
        case BPF_ST:
            machine.memory[at->k % BPF_MEMWORDS] = machine.accumulator;
            break;
        case BPF_STX:
            machine.memory[at->k % BPF_MEMWORDS] = machine.index;
            break;
        case BPF_ALU:
            machine.accumulator = compute(BPF_OP(at->code), machine.accumulator, operand);
            break;
        case BPF_JMP:
            if (BPF_OP(at->code) == BPF_JA)
                i += at->k;
            else
                i += holds(BPF_OP(at->code), machine.accumulator, operand) ? at->jt : at->jf;
            break;
        case BPF_RET:
            return BPF_RVAL(at->code) == BPF_A ? machine.accumulator : at->k;
        default: /* BPF_MISC */
            if (BPF_MISCOP(at->code) == BPF_TAX)
                machine.index = machine.accumulator;
            else
                machine.accumulator = machine.index;
        }
    }
    return INTERPRETER_LOST;
}
