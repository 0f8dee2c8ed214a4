/*
 * Trying a sandbox out from inside: `hexe-policy run PLAN --attempts FILE` executes a plan as for any command, but the
 * command is a copy of this launcher, which tries one act after another and prints what the kernel said to each.
 *
 * FILE holds words, each with a NUL behind it: an act's name and its arguments, then the next act's. A line for each act:
 *
 *     INDEX ok [VALUE]      it succeeded, or found something out
 *     INDEX errno NAME      the kernel refused it
 *     INDEX unable NAME     it could not be tried at all
 *     INDEX signal NAME     it was killed
 *     INDEX exited STATUS   it ended without a word
 *     INDEX timeout         it took too long
 */
#ifndef HEXE_ATTEMPTS_H
#define HEXE_ATTEMPTS_H

#include "plan.h"

/* attempts_start.c: outside; executes the plan with the attempts in the command's place. */
_Noreturn void attempts_run(const struct plan *plan, const char *file);

/* attempts.c: inside; the words end with NULL. */
_Noreturn void attempts_main(char **words);

/* attempts.c: refuses words that are not attempts. */
void attempts_check(char **words);

/* bystander.c: makes what a sandbox must keep away from, outside, until the standard input ends. */
_Noreturn void bystander_main(const char *directory);

#endif
