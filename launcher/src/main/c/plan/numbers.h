/* Numbers as a plan has them: put together from bytes, so that neither alignment nor byte order matters. */
#ifndef HEXE_PLAN_NUMBERS_H
#define HEXE_PLAN_NUMBERS_H

#include <stdint.h>

static inline uint16_t read_u16(const unsigned char *bytes)
{
    return (uint16_t)(bytes[0] | bytes[1] << 8);
}

static inline uint32_t read_u32(const unsigned char *bytes)
{
    return read_u16(bytes) | (uint32_t)read_u16(bytes + 2) << 16;
}

static inline uint64_t read_u64(const unsigned char *bytes)
{
    return read_u32(bytes) | (uint64_t)read_u32(bytes + 4) << 32;
}

#endif
