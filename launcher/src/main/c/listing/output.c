#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "listing.h"
#include "messages.h"
#include "printable.h"

enum { NARROWEST = 60, WIDEST = 100, DIGITS = 4 };

static const char replacement[] = "\xef\xbf\xbd";

void output_add_printable(struct text *text, const char *string)
{
    bool shown;
    text_add_bytes(text, "", 0);
    for (size_t length; *string != '\0'; string += length) {
        length = printable_next(string, &shown);
        text_add_bytes(text, shown ? string : replacement, shown ? length : sizeof replacement - 1);
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
