/* Writes records of a plan. */
#ifndef HEXE_RECORDS_H
#define HEXE_RECORDS_H

#include <stdint.h>

#include "text.h"

void record_put(unsigned char *bytes, uint64_t value, size_t size);

/* Where it starts; its length is put in when all its operands are there. */
size_t record_begin(struct text *bytes, uint16_t action, unsigned char operands);
void record_add_text(struct text *bytes, const void *data, size_t length);
void record_add_number(struct text *bytes, uint64_t value);
void record_end(struct text *bytes, size_t start);

#endif
