#include "printable.h"

#include "text.h"

/* Of the categories Cc, Cf, Zl and Zp of Unicode: they move the cursor, or turn round what follows. */
static const struct range {
    unsigned first, last;
} unshown[] = {
    {0x00, 0x08},       {0x0b, 0x1f},       {0x7f, 0x9f},       {0xad, 0xad},       {0x600, 0x605},
    {0x61c, 0x61c},     {0x6dd, 0x6dd},     {0x70f, 0x70f},     {0x890, 0x891},     {0x8e2, 0x8e2},
    {0x180e, 0x180e},   {0x200b, 0x200f},   {0x2028, 0x202e},   {0x2060, 0x2064},   {0x2066, 0x206f},
    {0xfeff, 0xfeff},   {0xfff9, 0xfffb},   {0x110bd, 0x110bd}, {0x110cd, 0x110cd}, {0x13430, 0x1343f},
    {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0001, 0xe0001}, {0xe0020, 0xe007f},
};

static unsigned code_point(const unsigned char *bytes, size_t length)
{
    static const unsigned char first[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    unsigned value = bytes[0] & first[length];
    for (size_t i = 1; i < length; i++)
        value = value << 6 | (bytes[i] & 0x3f);
    return value;
}

static bool is_shown(unsigned character)
{
    for (size_t i = 0; i < sizeof unshown / sizeof *unshown; i++) {
        if (character >= unshown[i].first && character <= unshown[i].last)
            return false;
    }
    return true;
}

size_t printable_next(const char *text, bool *shown)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t length = text_character(bytes);
    *shown = length > 0 && is_shown(code_point(bytes, length));
    return length == 0 ? 1 : length;
}
