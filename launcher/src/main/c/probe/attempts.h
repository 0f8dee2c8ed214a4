/*
 * Trying a sandbox out from inside: `hexe-policy run PLAN --attempts FILE PROVER` executes a plan as for any command, but
 * the command is a sealed copy of the program PROVER, so that it need not exist inside. FILE holds its words, each with a
 * NUL behind it.
 */
#ifndef HEXE_ATTEMPTS_H
#define HEXE_ATTEMPTS_H

#include "plan.h"

_Noreturn void attempts_run(const struct plan *plan, const char *file, const char *prover);

#endif
