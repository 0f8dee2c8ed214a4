#ifndef HEXE_PROBE_H
#define HEXE_PROBE_H

/* Reads plans from standard input and prints a line for each, as docs/plan-format.md has it. */
_Noreturn void probe_main(void);

#endif
