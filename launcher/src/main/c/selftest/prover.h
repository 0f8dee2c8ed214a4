/*
 * The program that tries a sandbox out. Inside, in the command's place, it tries one act after another and prints what the
 * kernel said to each. Its words are an act's name and its arguments, then the next act's. A line for each act:
 *
 *     INDEX ok [VALUE]      it succeeded, or found something out
 *     INDEX errno NAME      the kernel refused it
 *     INDEX unable NAME     it could not be tried at all
 *     INDEX signal NAME     it was killed
 *     INDEX exited STATUS   it ended without a word
 *     INDEX timeout         it took too long
 */
#ifndef HEXE_PROVER_H
#define HEXE_PROVER_H

/* attempts.c: inside; the words end with NULL. */
_Noreturn void attempts_main(char **words);

/* bystander.c: outside; makes what a sandbox must keep away from, until the standard input ends. */
_Noreturn void bystander_main(const char *directory);

/* acts_terminal.c: the terminal of whoever started the sandbox, as `DEVICE:NUMBER`. */
void terminal_acts_spare(const char *terminal);

#endif
