/* Closing what was inherited. */
#ifndef HEXE_DESCRIPTORS_H
#define HEXE_DESCRIPTORS_H

void descriptors_close_from(unsigned first);

/* Spares these, where they are open; it cannot fail. */
void descriptors_close_others(unsigned first, int *const kept[], unsigned count);

#endif
