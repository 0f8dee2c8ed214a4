/* Closing what was inherited. */
#ifndef HEXE_DESCRIPTORS_H
#define HEXE_DESCRIPTORS_H

void descriptors_close_from(unsigned first);

#endif
