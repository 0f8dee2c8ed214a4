/* Characters of texts from elsewhere that a terminal would not just show. */
#ifndef HEXE_PRINTABLE_H
#define HEXE_PRINTABLE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * How many bytes the first character of a text that is not empty takes, and whether a terminal just shows it; what is no
 * UTF-8 takes one, and is not shown. Ends of lines and tabs count as shown.
 */
size_t printable_next(const char *text, bool *shown);

#endif
