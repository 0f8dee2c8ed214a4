#include "records.h"

#include "plan.h"

void record_put(unsigned char *bytes, uint64_t value, size_t size)
{
    for (size_t i = 0; i < size; i++)
        bytes[i] = (unsigned char)(value >> (8 * i));
}

static void add_header(struct text *bytes, enum operand_type type, size_t length)
{
    unsigned char header[PLAN_OPERAND];
    record_put(header, type, 4);
    record_put(header + 4, length, 4);
    text_add_bytes(bytes, header, sizeof header);
}

void record_add_text(struct text *bytes, const void *data, size_t length)
{
    static const unsigned char zeros[8];
    add_header(bytes, OPERAND_STRING, length);
    text_add_bytes(bytes, data, length);
    text_add_bytes(bytes, zeros, 8 - length % 8);
}

void record_add_number(struct text *bytes, uint64_t value)
{
    unsigned char number[8];
    record_put(number, value, sizeof number);
    add_header(bytes, OPERAND_NUMBER, sizeof number);
    text_add_bytes(bytes, number, sizeof number);
}

size_t record_begin(struct text *bytes, uint16_t action, unsigned char operands)
{
    size_t start = bytes->length;
    unsigned char header[PLAN_RECORD] = {(unsigned char)action, (unsigned char)(action >> 8), operands, 0};
    text_add_bytes(bytes, header, sizeof header);
    return start;
}

void record_end(struct text *bytes, size_t start)
{
    record_put((unsigned char *)bytes->bytes + start + 4, bytes->length - start - PLAN_RECORD, 4);
}
