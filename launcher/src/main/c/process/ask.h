/*
 * Questions about destinations that are not listed: from the gateway, which decides, to whoever is at the terminal.
 */
#ifndef HEXE_ASK_H
#define HEXE_ASK_H

#include <stdint.h>

struct relay;
struct run;

typedef uint64_t ask_clock(void); /* microseconds */

/* Asks what is to be asked and passes answers on. Returns when it is to be called again at the latest, or 0. */
uint64_t ask_look(const struct run *run, struct relay *relay, ask_clock *now, uint64_t patience);

/* Shows what whoever is asked has to know without being asked. */
void ask_remark(struct relay *relay);

/* When the command has ended: what was allowed for good is added to the profile. */
void ask_finish(const struct run *run);

#endif
