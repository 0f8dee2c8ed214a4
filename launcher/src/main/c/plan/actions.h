/* The functions that carry out the actions of a plan; opcodes.def names them. */
#ifndef HEXE_ACTIONS_H
#define HEXE_ACTIONS_H

#include "opcodes.h"

/* Several notes share one function that does nothing, so a prototype can come twice. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wredundant-decls"
#define OPCODE(number, name, label, operands, stage, flags, function) action_function function;
#include "opcodes.def"
#undef OPCODE
#pragma GCC diagnostic pop

#endif
