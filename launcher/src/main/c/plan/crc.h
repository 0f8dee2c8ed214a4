/* The checksum of a plan. */
#ifndef HEXE_CRC_H
#define HEXE_CRC_H

#include <stddef.h>
#include <stdint.h>

uint32_t crc_of(const unsigned char *bytes, size_t length);

#endif
