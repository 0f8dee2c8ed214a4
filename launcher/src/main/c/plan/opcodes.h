/* The actions a plan can hold, as opcodes.def lists them. */
#ifndef HEXE_OPCODES_H
#define HEXE_OPCODES_H

#include <stdint.h>

#include "plan.h"

enum opcode_number {
#define OPCODE(number, name, label, operands, stage, flags, function) OP_##name = number,
#include "opcodes.def"
#undef OPCODE
};

/* When an action happens, in this order; the compiler's phases. */
enum stage {
    STAGE_NOTES,
    STAGE_SOURCES,
    STAGE_CGROUP,
    STAGE_NAMESPACES,
    STAGE_NETWORK,
    STAGE_PROPAGATION,
    STAGE_MOUNTS,
    STAGE_ROOT_SWITCH,
    STAGE_OUTSIDE,
    STAGE_RLIMITS,
    STAGE_CAPABILITIES,
    STAGE_NO_NEW_PRIVILEGES,
    STAGE_ENVIRONMENT,
    STAGE_DESCRIPTORS,
    STAGE_LANDLOCK,
    STAGE_SECCOMP,
    STAGE_INIT,
};

enum opcode_flag {
    BEFORE_SPAWN = 1,     /* it prepares what the supervisor or all processes need, and must come before `spawn` */
    NEEDS_SUPERVISOR = 2, /* somebody outside has to remove, keep or report something */
    PROBE_ONLY = 4,
    COVERS = 8, /* it makes a place on the tree inaccessible, so nothing may be mounted over that later */
};

struct run;

typedef void action_function(struct run *run, const struct operand *operands);

/*
 * `operands` has a letter for each: u number, b bytes, s string, and strings of which more is known: p a path, n the
 * name of an environment variable, f the name of a file without its directory, g the
 * path of a cgroup, l paths, one in a line, o an absolute path or nothing.
 */
struct opcode {
    const char *name;
    const char *operands;
    uint8_t stage, flags;
    action_function *execute;
};

/* NULL when there is no such action. */
const struct opcode *opcode_find(uint16_t number);

enum operand_type opcode_operand_type(char letter);

/* What is wrong with an operand of the right type, or NULL. */
const char *opcode_check_operand(char letter, const struct operand *operand);

#endif
