/* The capability over the machine that a call takes on the host. */
#ifndef HEXE_OBSERVE_NEEDS_H
#define HEXE_OBSERVE_NEEDS_H

/* Of those that take one at all. */
unsigned capability_of_call(unsigned number);

#endif
