#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "listing.h"
#include "messages.h"

enum { NARROWEST = 60, WIDEST = 100, DIGITS = 4 };

static const char replacement[] = "\xef\xbf\xbd";

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

static int is_shown(unsigned character)
{
    for (size_t i = 0; i < sizeof unshown / sizeof *unshown; i++) {
        if (character >= unshown[i].first && character <= unshown[i].last)
            return 0;
    }
    return 1;
}

void output_add_printable(struct text *text, const char *string)
{
    text_add_bytes(text, "", 0);
    while (*string != '\0') {
        size_t length = text_character((const unsigned char *)string);
        if (length == 0 || !is_shown(code_point((const unsigned char *)string, length)))
            text_add_bytes(text, replacement, sizeof replacement - 1);
        else
            text_add_bytes(text, string, length);
        string += length == 0 ? 1 : length;
    }
}

int output_is_coloured(void)
{
    const char *no_colour = getenv("NO_COLOR"), *terminal = getenv("TERM");
    return (no_colour == NULL || no_colour[0] == '\0') && terminal != NULL && strcmp(terminal, "dumb") != 0 &&
           isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

size_t output_width(void)
{
    const char *columns = getenv("COLUMNS");
    size_t digits = columns == NULL ? 0 : strspn(columns, "0123456789");
    if (digits == 0 || digits > DIGITS || columns[digits] != '\0')
        return WIDEST;
    size_t width = (size_t)atoi(columns);
    return width < NARROWEST ? NARROWEST : width > WIDEST ? WIDEST : width;
}

void output_end(const struct text *text)
{
    for (size_t written = 0; written < text->length;) {
        ssize_t count = write(STDOUT_FILENO, text->bytes + written, text->length - written);
        if (count < 0 && errno == EPIPE) /* a reader that has seen enough, where SIGPIPE is ignored */
            _exit(EXIT_SIGNAL + 13);
        if (count < 0 && errno != EINTR)
            die("cannot write the output");
        written += count < 0 ? 0 : (size_t)count;
    }
    _exit(0);
}
