/* Closing what was inherited. */
#ifndef HEXE_DESCRIPTORS_H
#define HEXE_DESCRIPTORS_H

void descriptors_close_from(unsigned first);

/* Spares these, where they are open; it cannot fail. */
void descriptors_close_others(unsigned first, int *const kept[], unsigned count);

/*
 * Moves those that are open to `first` and the numbers behind it, each closed on exec; what is returned may be closed,
 * with all behind it.
 */
unsigned descriptors_gather(unsigned first, int *const descriptors[], unsigned count);

#endif
